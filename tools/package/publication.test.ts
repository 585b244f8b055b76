import { describe, expect, test } from 'vitest'
import { readNotarisation, readPublication } from './publication.ts'

describe('where updates come from', () => {
  test('nowhere, unless it is said', () => {
    expect(readPublication({})).toEqual({ ok: true, value: null })
  })

  test('a server by https, or a GitHub repository', () => {
    expect(readPublication({ STUDYHALL_UPDATE_URL: 'https://updates.example.org/studyhall' })).toEqual({
      ok: true,
      value: { provider: 'generic', url: 'https://updates.example.org/studyhall' },
    })
    expect(readPublication({ STUDYHALL_UPDATE_GITHUB: 'ada/studyhall' })).toEqual({
      ok: true,
      value: { provider: 'github', owner: 'ada', repo: 'studyhall' },
    })
  })

  test.each([
    { STUDYHALL_UPDATE_URL: 'http://updates.example.org' },
    { STUDYHALL_UPDATE_URL: 'nonsense' },
    { STUDYHALL_UPDATE_GITHUB: 'https://github.com/ada/studyhall' },
    { STUDYHALL_UPDATE_URL: 'https://a.example', STUDYHALL_UPDATE_GITHUB: 'ada/studyhall' },
  ])('refuses %o', (environment) => {
    expect(readPublication(environment).ok).toBe(false)
  })
})

describe('notarisation', () => {
  test('is asked for when the credentials are whole', () => {
    expect(readNotarisation({})).toEqual({ ok: true, value: false })
    expect(readNotarisation({ APPLE_ID: 'a', APPLE_APP_SPECIFIC_PASSWORD: 'b', APPLE_TEAM_ID: 'c' })).toEqual(
      { ok: true, value: true },
    )
  })

  test('names what is missing', () => {
    expect(readNotarisation({ APPLE_API_KEY: 'k', APPLE_API_ISSUER: 'i' })).toEqual({
      ok: false,
      error: 'Notarisation needs APPLE_API_KEY_ID as well.',
    })
  })
})
