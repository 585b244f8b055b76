import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { runEvery } from './startScheduler.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('runs at its interval, and leaves out turns while one is at work', async () => {
  const finish: (() => void)[] = []
  const timer = runEvery(10_000, () => new Promise((resolve) => finish.push(resolve)))
  expect(finish).toHaveLength(0)
  await vi.advanceTimersByTimeAsync(35_000)
  expect(finish).toHaveLength(1)
  finish[0]?.()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(finish).toHaveLength(2)
  const stopping = timer.stop()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(finish).toHaveLength(2)
  finish[1]?.()
  await stopping
})
