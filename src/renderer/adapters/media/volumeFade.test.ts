import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createVolumeFade } from './volumeFade.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('one that fades in and one that fades out are together as loud as one, all the time', () => {
  const [old, next] = [{ volume: 1 }, { volume: 0 }]
  const [fadeOut, fadeIn] = [createVolumeFade(old, 1), createVolumeFade(next, 0)]
  fadeOut.fadeTo(0)
  fadeIn.fadeTo(1)
  for (let step = 0; step < 10; step += 1) {
    vi.advanceTimersByTime(10)
    expect(old.volume + next.volume).toBeCloseTo(1)
  }
  expect([old.volume, next.volume]).toEqual([0, 1])
  expect(vi.getTimerCount()).toBe(0)
})

test('a fade that is overtaken goes on from where it is', () => {
  const element = { volume: 0 }
  const fade = createVolumeFade(element, 0)
  fade.fadeTo(1)
  vi.advanceTimersByTime(30)
  const half = element.volume
  fade.fadeTo(0)
  vi.advanceTimersByTime(10)
  expect(element.volume).toBeLessThan(half)
  expect(element.volume).toBeGreaterThan(0)
  fade.set(1)
  vi.advanceTimersByTime(100)
  expect(element.volume).toBe(1)
})
