import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createExpiryWatch } from './expiryWatch.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

function watchFrom(nowMs: number) {
  vi.setSystemTime(nowMs)
  const expired: number[] = []
  const watch = createExpiryWatch(
    () => Date.now(),
    (secondsAgo) => expired.push(secondsAgo),
  )
  return { watch, expired }
}

test('speaks when the token expires, also after days', () => {
  const { watch, expired } = watchFrom(0)
  watch.watch(40 * 86_400_000)
  vi.advanceTimersByTime(40 * 86_400_000 - 1)
  expect(expired).toEqual([])
  vi.advanceTimersByTime(1)
  expect(expired).toEqual([0])
})

test('waits for the newest token only, and for none when told so', () => {
  const { watch, expired } = watchFrom(0)
  watch.watch(1_000)
  watch.watch(5_000)
  vi.advanceTimersByTime(4_000)
  expect(expired).toEqual([])
  watch.watch(null)
  vi.advanceTimersByTime(60_000)
  expect(expired).toEqual([])
})

test('notices within minutes when the clock was set forward', () => {
  const { watch, expired } = watchFrom(0)
  watch.watch(3_600_000)
  vi.setSystemTime(7_200_000)
  vi.advanceTimersByTime(300_000)
  expect(expired).toHaveLength(1)
})
