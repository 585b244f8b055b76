import { describe, expect, test } from 'vitest'
import { type NewRoomFields, parseNewRoom, toggleTag } from './parseNewRoom.ts'

const fields = (changes: Partial<NewRoomFields>): NewRoomFields => ({
  name: 'Thesis hour',
  privacy: 'public',
  tags: '',
  password: '',
  waitingRoom: false,
  ...changes,
})

describe('a new room', () => {
  test.each([
    ['maths, quiet', ['maths', 'quiet']],
    ['数学、静か，夜', ['数学', '静か', '夜']],
    ['رياضيات، هدوء', ['رياضيات', 'هدوء']],
    [' Maths ,,maths, #quiet ', ['maths', 'quiet']],
    ['deep   work', ['deep work']],
    ['数学、静か，英語', ['数学', '静か', '英語']],
    ['رياضيات، هدوء', ['رياضيات', 'هدوء']],
    ['', []],
  ])('reads the tags "%s"', (tags, expected) => {
    expect(parseNewRoom(fields({ tags }))).toMatchObject({ ok: true, value: { tags: expected } })
  })

  test.each([
    [{ name: '   ' }, { name: 'missing' }],
    [{ name: 'x'.repeat(81) }, { name: 'tooLong' }],
    [{ tags: 'a,b,c,d,e,f' }, { tags: 'tooMany' }],
    [{ tags: 'x'.repeat(25) }, { tags: 'tooLong' }],
    [{ privacy: 'private' as const, password: 'x'.repeat(65) }, { password: 'tooLong' }],
  ])('says what does not fit in %o', (changes, problems) => {
    expect(parseNewRoom(fields(changes))).toEqual({ ok: false, error: problems })
  })

  test('a password counts in a private room only', () => {
    expect(parseNewRoom(fields({ password: 'secret' }))).toMatchObject({
      ok: true,
      value: expect.not.objectContaining({ password: 'secret' }) as unknown,
    })
    expect(parseNewRoom(fields({ privacy: 'private', password: 'secret' }))).toMatchObject({
      ok: true,
      value: { password: 'secret' },
    })
  })
})

test('a suggested tag is added to what stands there, and taken out again', () => {
  expect(toggleTag('', 'maths')).toBe('maths')
  expect(toggleTag('Quiet, #exam', 'maths')).toBe('quiet, exam, maths')
  expect(toggleTag('Maths, quiet', 'maths')).toBe('quiet')
})

test('a waiting room counts in a private room only', () => {
  const wish = { name: 'Us', waitingRoom: true }
  expect(parseNewRoom(fields({ ...wish, privacy: 'private' }))).toMatchObject({
    value: { settings: { waitingRoom: true } },
  })
  expect(parseNewRoom(fields({ ...wish, privacy: 'public' }))).not.toHaveProperty('value.settings')
})
