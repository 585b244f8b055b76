import { afterEach, describe, expect, test, vi } from 'vitest'
import { readProjectKeys } from './projectKeys.ts'

const older = { SUPABASE_ANON_KEY: 'eyJ.anon', SUPABASE_SERVICE_ROLE_KEY: 'eyJ.service' }
const newer = {
  SUPABASE_PUBLISHABLE_KEYS: JSON.stringify({ web: 'sb_publishable_web', default: 'sb_publishable_default' }),
  SUPABASE_SECRET_KEYS: JSON.stringify({ prometheus: 'sb_secret_prometheus', default: 'sb_secret_default' }),
}
const singular = { SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_one', SUPABASE_SECRET_KEY: 'sb_secret_one' }

describe('the project’s keys', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  test('are those of the newer variables, and the older ones are still known', () => {
    expect(readProjectKeys({ ...older, ...newer })).toEqual({
      publishableKey: 'sb_publishable_default',
      secretKey: 'sb_secret_default',
      secretKeys: ['sb_secret_default', 'sb_secret_prometheus', 'eyJ.service'],
    })
  })

  test('come from the newer variables alone', () => {
    expect(readProjectKeys(newer)).toEqual({
      publishableKey: 'sb_publishable_default',
      secretKey: 'sb_secret_default',
      secretKeys: ['sb_secret_default', 'sb_secret_prometheus'],
    })
  })

  test('come from the singular before the older ones', () => {
    expect(readProjectKeys({ ...older, ...singular })).toEqual({
      publishableKey: 'sb_publishable_one',
      secretKey: 'sb_secret_one',
      secretKeys: ['sb_secret_one', 'eyJ.service'],
    })
  })

  test('come from the older ones alone', () => {
    expect(readProjectKeys(older)).toEqual({
      publishableKey: 'eyJ.anon',
      secretKey: 'eyJ.service',
      secretKeys: ['eyJ.service'],
    })
  })

  test('are the first of several without a default, and each is told once', () => {
    const keys = readProjectKeys({
      ...older,
      SUPABASE_SECRET_KEYS: JSON.stringify({ a: 'sb_secret_a', b: 'sb_secret_b', again: 'sb_secret_a' }),
      SUPABASE_SECRET_KEY: 'sb_secret_b',
    })
    expect(keys.secretKey).toBe('sb_secret_a')
    expect(keys.secretKeys).toEqual(['sb_secret_a', 'sb_secret_b', 'eyJ.service'])
  })

  test.each([
    ['no JSON', 'sb_secret_not_json'],
    ['a list', '["sb_secret_list"]'],
    ['a text', '"sb_secret_text"'],
    ['an object of objects', '{"default":{"key":"sb_secret_nested"}}'],
    ['an empty key', '{"default":""}'],
    ['null', 'null'],
  ])('are the older ones where the newer variable is %s, which is said without its text', (_what, text) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    expect(readProjectKeys({ ...older, SUPABASE_SECRET_KEYS: text }).secretKeys).toEqual(['eyJ.service'])
    expect(log).toHaveBeenCalledOnce()
    expect(JSON.stringify(log.mock.calls)).toContain('SUPABASE_SECRET_KEYS')
    expect(JSON.stringify(log.mock.calls)).not.toContain('sb_secret')
  })

  test.each(['{}', '', ' '])('are the older ones where the newer variable is %j', (text) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    expect(readProjectKeys({ ...older, SUPABASE_SECRET_KEYS: text }).secretKeys).toEqual(['eyJ.service'])
    expect(log).not.toHaveBeenCalled()
  })

  test('have to be there', () => {
    expect(() => readProjectKeys({ ...singular, SUPABASE_SECRET_KEY: '' })).toThrow(
      'The function needs SUPABASE_SECRET_KEYS or SUPABASE_SECRET_KEY or SUPABASE_SERVICE_ROLE_KEY.',
    )
    expect(() => readProjectKeys({ SUPABASE_SECRET_KEY: 'sb_secret_one' })).toThrow(
      /SUPABASE_PUBLISHABLE_KEYS/,
    )
  })
})
