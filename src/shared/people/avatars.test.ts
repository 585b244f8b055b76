import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { avatarColors, avatarPictures, readAvatar, writeAvatar } from './avatars.ts'

const constraint = /check \(\s*avatar ~ '([^']+)'\s*\)/

test('the database takes what can be drawn, and nothing else', async () => {
  const migration = await readFile('supabase/migrations/20261127120100_choose_avatars.sql', 'utf8')
  const pattern = constraint.exec(migration)?.[1]
  expect(pattern).toBe(`^(${avatarPictures.join('|')})-(${avatarColors.join('|')})$`)
})

test('what is written is read', () => {
  for (const picture of avatarPictures) {
    for (const color of avatarColors) {
      expect(readAvatar(writeAvatar({ picture, color }))).toEqual({ picture, color })
    }
  }
})

test.each([
  null,
  undefined,
  '',
  'cat',
  'cat-',
  '-moss',
  'cat-moss-x',
  'cat-red',
  'https://elsewhere.test/x.png',
])('%j is nobody’s picture', (text) => {
  expect(readAvatar(text)).toBeNull()
})
