import { expect, test } from 'vitest'
import { initialsOf } from './initialsOf.ts'

test.each([
  ['Ada Lindqvist', 'AL'],
  ['  mia  ', 'M'],
  ['Jón Ari Þórsson', 'JÞ'],
  ['👩‍💻 dev', '👩‍💻D'],
  ['', ''],
])('"%s" is "%s"', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})
