import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseProfileName, profileFromArguments } from './profileName.ts'

describe('parseProfileName', () => {
  test.each([
    ['second', 'second'],
    ['Ada', 'ada'],
    ['a-b_3', 'a-b_3'],
  ])('takes %s', (text, name) => {
    expect(parseProfileName(text)).toEqual({ ok: true, value: name })
  })

  test.each([
    '',
    '..',
    '.',
    'a/b',
    String.raw`a\b`,
    'a:b',
    '-x',
    '_x',
    'con',
    'NUL',
    'com1',
    'ä',
    'a b',
    'a'.repeat(33),
    'a\0',
  ])('refuses %j in words that help', (text) => {
    expect(parseProfileName(text)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('--profile second') as string },
    })
  })

  test('what is taken means nothing in a path', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const result = parseProfileName(text)
        expect(!result.ok || /^[a-z0-9][a-z0-9_-]*$/.test(result.value)).toBe(true)
      }),
    )
  })
})

describe('profileFromArguments', () => {
  test.each([
    [['electron', '.'], 'default'],
    [['electron', '.', '--profile', 'second'], 'second'],
    [['electron', '.', '--profile=second', '--remote-debugging-port=1'], 'second'],
    [['electron', '.', '--profile', 'first', '--profile', 'second'], 'second'],
  ])('%j is profile %s', (argv, name) => {
    expect(profileFromArguments(argv)).toEqual({ ok: true, value: name })
  })

  test.each([[['--profile']], [['--profile=']], [['--profile', '--use-fake-ui-for-media-stream']]])(
    'refuses %j, which lacks the name',
    (argv) => {
      expect(profileFromArguments(argv).ok).toBe(false)
    },
  )
})
