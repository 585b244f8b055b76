import { describe, expect, test } from 'vitest'
import { chooseBackend } from './hostedBackend.ts'

const key = 'sb_publishable_abcdefghijklmnop'
const tokenWithRole = (role: string): string =>
  ['{}', JSON.stringify({ role })].map((part) => Buffer.from(part).toString('base64url')).join('.') +
  '.signature'

describe('chooseBackend', () => {
  test.each([[{}], [{ STUDYHALL_SUPABASE_URL: '', STUDYHALL_SUPABASE_KEY: ' ' }]])(
    '%j is the embedded backend',
    (environment) => {
      expect(chooseBackend(environment)).toEqual({ ok: true, value: { kind: 'embedded' } })
    },
  )

  test.each([
    ['https://abc.supabase.co', 'https://abc.supabase.co'],
    ['https://abc.supabase.co/', 'https://abc.supabase.co'],
    ['http://127.0.0.1:54321', 'http://127.0.0.1:54321'],
    ['http://localhost:54321', 'http://localhost:54321'],
    ['http://[::1]:54321', 'http://[::1]:54321'],
  ])('%s is hosted at %s', (url, origin) => {
    const choice = chooseBackend({ STUDYHALL_SUPABASE_URL: url, STUDYHALL_SUPABASE_KEY: key })
    expect(choice).toMatchObject({
      ok: true,
      value: { connection: { mode: 'hosted', url: origin, livekitUrl: null } },
    })
  })

  test('takes an anon token as a key, and an SFU', () => {
    const choice = chooseBackend({
      STUDYHALL_SUPABASE_URL: 'https://abc.supabase.co',
      STUDYHALL_SUPABASE_KEY: tokenWithRole('anon'),
      STUDYHALL_LIVEKIT_URL: 'wss://sfu.example.org',
    })
    expect(choice).toMatchObject({ ok: true, value: { connection: { livekitUrl: 'wss://sfu.example.org' } } })
  })

  test('takes an SFU in the clear on this machine', () => {
    const choice = chooseBackend({
      STUDYHALL_SUPABASE_URL: 'http://127.0.0.1:54321',
      STUDYHALL_SUPABASE_KEY: key,
      STUDYHALL_LIVEKIT_URL: 'ws://127.0.0.1:7880',
    })
    expect(choice).toMatchObject({ ok: true, value: { connection: { livekitUrl: 'ws://127.0.0.1:7880' } } })
  })

  test.each([
    ['a key without an address', { STUDYHALL_SUPABASE_KEY: key }, 'STUDYHALL_SUPABASE_URL is not'],
    ['an address without a key', { STUDYHALL_SUPABASE_URL: 'https://a.co' }, 'STUDYHALL_SUPABASE_KEY is not'],
    ['no address at all', { STUDYHALL_SUPABASE_URL: 'abc', STUDYHALL_SUPABASE_KEY: key }, 'not an address'],
    [
      'plain http elsewhere',
      { STUDYHALL_SUPABASE_URL: 'http://a.co', STUDYHALL_SUPABASE_KEY: key },
      'https://a.co',
    ],
    ['another scheme', { STUDYHALL_SUPABASE_URL: 'ftp://a.co', STUDYHALL_SUPABASE_KEY: key }, 'https://'],
    [
      'a path',
      { STUDYHALL_SUPABASE_URL: 'https://a.co/rest/v1', STUDYHALL_SUPABASE_KEY: key },
      'https://a.co',
    ],
    ['a password', { STUDYHALL_SUPABASE_URL: 'https://u:p@a.co', STUDYHALL_SUPABASE_KEY: key }, 'password'],
    [
      'a secret key',
      { STUDYHALL_SUPABASE_URL: 'https://a.co', STUDYHALL_SUPABASE_KEY: 'sb_secret_abcdefghijkl' },
      'secret',
    ],
    [
      'a service token',
      { STUDYHALL_SUPABASE_URL: 'https://a.co', STUDYHALL_SUPABASE_KEY: tokenWithRole('service_role') },
      'secret',
    ],
    [
      'an odd key',
      { STUDYHALL_SUPABASE_URL: 'https://a.co', STUDYHALL_SUPABASE_KEY: 'short' },
      'does not look like',
    ],
    [
      'an odd SFU',
      { STUDYHALL_SUPABASE_URL: 'https://a.co', STUDYHALL_SUPABASE_KEY: key, STUDYHALL_LIVEKIT_URL: 'x' },
      'STUDYHALL_LIVEKIT_URL is not an address',
    ],
    [
      'an SFU in the clear',
      {
        STUDYHALL_SUPABASE_URL: 'https://a.co',
        STUDYHALL_SUPABASE_KEY: key,
        STUDYHALL_LIVEKIT_URL: 'ws://sfu.example.org',
      },
      'wss://',
    ],
  ])('refuses %s in words that help, without the secret', (_what, environment, words) => {
    const choice = chooseBackend(environment)
    expect(choice.ok).toBe(false)
    if (choice.ok) return
    expect(choice.error.message).toContain(words)
    expect(choice.error.message).not.toContain('abcdefghijkl')
  })
})
