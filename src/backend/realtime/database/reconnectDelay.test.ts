import { expect, test } from 'vitest'
import { reconnectDelayMs } from './reconnectDelay.ts'

test('attempts begin at once and grow apart up to a limit', () => {
  expect([0, 1, 2, 3, 10, 1_000].map((failures) => reconnectDelayMs(failures, 50, 300))).toEqual([
    50, 100, 200, 300, 300, 300,
  ])
})
