import { expect, test } from 'vitest'
import { roomNameKey } from './roomOrder.ts'

// The same in `rooms.test.sql`, for the database.
test.each([
  ['ÉCOLE Ñ Σας 한국', 'ecole n σας 한국'],
  ['ΣΑΣ', 'σασ'],
  ['İstanbul', 'istanbul'],
  ['数学 2', '数学 2'],
])('%j is sorted as %j', (name, key) => {
  expect(roomNameKey(name)).toBe(key)
})
