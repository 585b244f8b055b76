import { expect, test } from 'vitest'
import { stepInGrid } from './stepInGrid.ts'

test.each([
  ['ArrowRight', 4, 5],
  ['ArrowRight', 5, 6],
  ['ArrowRight', 23, null],
  ['ArrowLeft', 0, null],
  ['ArrowLeft', 6, 5],
  ['ArrowDown', 4, 10],
  ['ArrowDown', 20, null],
  ['ArrowUp', 7, 1],
  ['ArrowUp', 3, null],
  ['Home', 9, 0],
  ['End', 9, 23],
  ['End', 23, null],
  ['a', 9, null],
])('%s from %i', (key, at, next) => {
  expect(stepInGrid(key, { at, count: 24, columns: 6, direction: 'ltr' })).toBe(next)
})

test('from right to left the left arrow goes on', () => {
  expect(stepInGrid('ArrowLeft', { at: 2, count: 24, columns: 6, direction: 'rtl' })).toBe(3)
})
