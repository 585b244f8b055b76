import { expect, test } from 'vitest'
import { shareReading } from './shareReading.ts'

test('all who ask within a short while share one reading, also while it is under way', async () => {
  let nowMs = 0
  let count = 0
  const read = shareReading(
    () => Promise.resolve(++count),
    () => nowMs,
  )
  expect(await Promise.all([read(), read()])).toEqual([1, 1])
  nowMs = 1_899
  expect(await read()).toBe(1)
  nowMs = 2_000
  expect(await read()).toBe(2)
})
