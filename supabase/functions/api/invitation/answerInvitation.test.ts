import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { directionOf, languages } from '../../../../src/shared/languages/languages.ts'
import { invitationTexts } from '../../../../src/shared/links/invitationTexts.ts'
import { parseLink } from '../../../../src/shared/links/parseLink.ts'
import { buildWebInvitation } from '../../../../src/shared/links/webInvitation.ts'
import { createApiApp } from '../app.ts'

const roomId = '5b0e1c52-9a0f-4b43-8d47-3a3c2f3f8f10'
const inviteCode = 'Zm9vYmFyYmF6cXV4LV9hYg'
const rooms = [
  ['room', `studyhall://join/${roomId}`],
  ['roomInvite', `studyhall://join/${roomId}?invite=${inviteCode}`],
  ['recurringInvite', `studyhall://join/${inviteCode}`],
] as const

async function open(
  rest: string,
  headers: Record<string, string> = {},
  supabaseUrl = 'https://study.example.org',
): Promise<Response> {
  const app = createApiApp({
    supabaseUrl,
    publishableKey: 'publishable',
    secretKey: 'secret',
    environment: {},
    fetch: () => Promise.reject(new Error('the page looks nothing up')),
  })
  return await app.fetch(new Request(`http://api.test/api/invitation/${rest}`, { headers }))
}

describe('the page of an invitation', () => {
  test.each(rooms)('%s: carries the link as it is, without being signed in', async (kind, link) => {
    const built = buildWebInvitation(link, { backendUrl: 'https://study.example.org', page: null }) ?? ''
    const response = await open(built.slice('https://study.example.org/functions/v1/api/invitation/'.length))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const html = await response.text()
    expect(html).toContain(invitationTexts.en[kind])
    expect(/<a href="([^"]*)">/.exec(html)?.[1]).toBe(link)
    expect(/<code dir="ltr">([^<]*)</.exec(html)?.[1]).toBe(link)
  })

  test.each(languages)('speaks $name to who wants it', async ({ tag }) => {
    const response = await open(`join/${roomId}`, { 'accept-language': `xx, en;q=0.3, ${tag};q=0.8` })
    const html = await response.text()
    expect(html).toContain(`<html lang="${tag}" dir="${directionOf(tag)}">`)
    expect(html).toContain(`<h1>${invitationTexts[tag].room}</h1>`)
    expect(response.headers.get('content-language')).toBe(tag)
    expect(response.headers.get('vary')).toContain('accept-language')
  })

  test.each([undefined, '', 'nl', '*', 'de;q=0', '<b>'])('speaks English to who wants %j', async (wanted) => {
    const response = await open(`join/${roomId}`, wanted === undefined ? {} : { 'accept-language': wanted })
    expect(response.headers.get('content-language')).toBe('en')
  })

  test('allows its own style and nothing else, needs no script, and is kept and told nowhere', async () => {
    const response = await open(`join/${roomId}`)
    const html = await response.text()
    const style = /<style>([^]*?)<\/style>/.exec(html)?.[1] ?? ''
    const sum = createHash('sha256').update(style).digest('base64')
    expect(response.headers.get('content-security-policy')).toBe(
      `default-src 'none'; style-src 'sha256-${sum}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    )
    expect(html).not.toMatch(/<script|\bon\w+=|\bstyle=|\b(src|srcset|action)=|url\(|@import/)
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('set-cookie')).toBeNull()
  })

  test('is text on a hosted project, which would send HTML as text', async () => {
    const link = `studyhall://join/${roomId}?invite=${inviteCode}`
    const headers = { 'accept-language': 'de' }
    const response = await open(
      `join/${roomId}?invite=${inviteCode}`,
      headers,
      'https://abcdefgh.supabase.co',
    )
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    const lines = (await response.text()).split('\n').map((line) => line.trim())
    expect(lines).toContain(link)
    expect(lines.join('\n')).not.toMatch(/[<>]/)
    expect(lines).toContain(invitationTexts.de.byHand)
  })

  test.each([
    '',
    'join/',
    `join/${roomId.toUpperCase()}`,
    `join/${roomId}/x`,
    `join/${roomId}?invite=${inviteCode}&camera=on`,
    `join/${roomId}?invite=%22%3E%3Cscript%3E`,
    `join/invitation/${roomId}`,
    `host/192.168.1.7:47310~mC0v7Vw0L3l2m1h9Qd5xGk8yYtZ3a6b4c2d1e0f9g8A~${inviteCode}`,
    'studyhall://join/x',
    '__proto__',
  ])('%j is no invitation', async (rest) => {
    const response = await open(rest, { 'accept-language': 'fr' })
    expect(response.status).toBe(404)
    const html = await response.text()
    expect(html).toContain(invitationTexts.fr.incomplete)
    expect(html).not.toContain('<a ')
    expect(html).not.toContain('script>')
  })

  test('takes GET alone', async () => {
    const app = createApiApp({
      supabaseUrl: 'https://study.example.org',
      publishableKey: 'p',
      secretKey: 's',
      environment: {},
    })
    const request = new Request(`http://api.test/api/invitation/join/${roomId}`, { method: 'POST' })
    expect((await app.fetch(request)).status).toBe(404)
  })

  test('whatever is asked, a link is shown only for what the app would follow', async () => {
    const parts = fc.constantFrom(
      'join/',
      'host/',
      roomId,
      inviteCode,
      '?invite=',
      '/',
      '%3C',
      '"',
      '<',
      '&',
      '%',
    )
    const piece = fc.oneof({ weight: 5, arbitrary: parts }, fc.string({ unit: 'binary', maxLength: 2 }))
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 5 }), async (pieces) => {
        const html = await (await open(pieces.join(''))).text()
        const href = /<a href="([^"]*)">/.exec(html)?.[1]
        expect(href === undefined || parseLink(href) !== null).toBe(true)
        expect(html.match(/studyhall:\/\//g)?.length ?? 0).toBe(href === undefined ? 0 : 2)
      }),
      { numRuns: 300 },
    )
  })
})
