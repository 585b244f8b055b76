import { expect, test } from 'vitest'
import { addVisit, comesListening } from './visitedRooms.ts'

const open = { roomId: 'library', isOpenToAll: true }

test.each([
  ['into a public room for the first time', open, [], true, true],
  ['into one where one has been', open, ['attic', 'library'], true, false],
  ['into one’s own, or invited', { ...open, isOpenToAll: false }, [], true, false],
  ['where one does not want that', open, [], false, false],
] as const)('listening: %s', (_what, room, visited, listensFirst, expected) => {
  expect(comesListening(room, visited, listensFirst)).toBe(expected)
})

test('a visit is remembered once, as the latest, and the oldest are forgotten', () => {
  expect(addVisit(['a', 'b', 'c'], 'a')).toEqual(['b', 'c', 'a'])
  const many = Array.from({ length: 600 }, (_, index) => `r${index}`).reduce<readonly string[]>(addVisit, [])
  expect([many.length, many[0], many.at(-1)]).toEqual([500, 'r100', 'r599'])
  expect(addVisit(many, 'r599')).toBe(many)
})
