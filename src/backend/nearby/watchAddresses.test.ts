import { expect, test, vi } from 'vitest'
import type { LanAddress } from './lanAddresses.ts'
import { describeAddresses, judgeReading, watchAddresses } from './watchAddresses.ts'

const at = (...addresses: readonly string[]): readonly LanAddress[] =>
  addresses.map((address) => ({ address, netmask: '255.255.255.0', interfaceName: 'en0' }))

test('only what has lasted for two readings is a move, and its order is none', () => {
  let state = { used: 'a', before: 'a' }
  const read = (reading: string) => {
    const judged = judgeReading(state, reading)
    state = { ...state, before: judged.before }
    return judged.isMove
  }
  expect(['a', 'b', 'a', 'b', 'c', 'c'].map(read)).toEqual([false, false, false, false, false, true])
  expect(describeAddresses(at('192.168.1.7', '10.0.0.3'))).toBe(
    describeAddresses(at('10.0.0.3', '192.168.1.7')),
  )
})

test('a move that failed is wanted again, and nothing is read after the end', () => {
  vi.useFakeTimers()
  try {
    let reading = at('192.168.1.7')
    let used = reading
    const moves: string[] = []
    const ending = new AbortController()
    watchAddresses({
      read: () => reading,
      used: () => used,
      onMove: (next) => moves.push(describeAddresses(next)),
      signal: ending.signal,
      intervalMs: 1_000,
    })
    vi.advanceTimersByTime(5_000)
    expect(moves).toEqual([])
    reading = at('10.0.0.3')
    vi.advanceTimersByTime(2_000)
    expect(moves).toEqual(['10.0.0.3/255.255.255.0'])
    vi.advanceTimersByTime(1_000)
    expect(moves).toHaveLength(2)
    used = reading
    vi.advanceTimersByTime(5_000)
    expect(moves).toHaveLength(2)
    ending.abort()
    reading = []
    vi.advanceTimersByTime(5_000)
    expect(moves).toHaveLength(2)
    expect(vi.getTimerCount()).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})
