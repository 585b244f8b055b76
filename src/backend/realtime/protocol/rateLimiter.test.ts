import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countCall, createBucket, emptyWindow, takePermit } from './rateLimiter.ts'

describe('a bucket of permits', () => {
  const limit = { perSecond: 10, burst: 3 }

  test('allows a burst, then what refills', () => {
    let bucket = createBucket(limit, 0)
    const allowed = [0, 0, 0, 0, 50, 100, 100, 10_000].map((atMs) => {
      const taken = takePermit(bucket, limit, atMs)
      bucket = taken.bucket
      return taken.allowed
    })
    expect(allowed).toEqual([true, true, true, false, false, true, false, true])
  })

  test('never allows more than the burst and what refilled, whatever the timing', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 200 }), (gapsMs) => {
        let atMs = 0
        let bucket = createBucket(limit, atMs)
        let allowed = 0
        for (const gapMs of gapsMs) {
          atMs += gapMs
          const taken = takePermit(bucket, limit, atMs)
          bucket = taken.bucket
          if (taken.allowed) allowed += 1
        }
        expect(allowed).toBeLessThanOrEqual(limit.burst + (atMs / 1_000) * limit.perSecond + 1e-6)
      }),
    )
  })

  test('is not fooled by a clock that goes back', () => {
    const empty = { permits: 0, updatedAtMs: 1_000 }
    expect(takePermit(empty, limit, 500).allowed).toBe(false)
  })
})

describe('a window of calls', () => {
  test('begins with its first call and forgets after its end', () => {
    let window = emptyWindow
    const allowed = [5, 6, 7, 104, 105].map((atMs) => {
      const counted = countCall(window, { maxCalls: 2, windowMs: 100 }, atMs)
      window = counted.window
      return counted.allowed
    })
    expect(allowed).toEqual([true, true, false, false, true])
  })
})
