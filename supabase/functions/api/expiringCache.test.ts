import { describe, expect, test } from 'vitest'
import { createExpiringCache } from './expiringCache.ts'

describe('the cache', () => {
  test('keeps a value for its time and no longer', () => {
    let nowMs = 0
    const cache = createExpiringCache<string>({ timeToLiveMs: 5_000, maxEntries: 10, now: () => nowMs })
    cache.set('a', 'one')
    nowMs = 4_999
    expect(cache.get('a')).toBe('one')
    nowMs = 5_000
    expect(cache.get('a')).toBeUndefined()
  })

  test('lets the oldest go when it is full', () => {
    const cache = createExpiringCache<number>({ timeToLiveMs: 5_000, maxEntries: 2, now: () => 0 })
    cache.set('a', 1)
    cache.set('b', 2)
    cache.set('a', 3)
    cache.set('c', 4)
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([3, undefined, 4])
  })
})
