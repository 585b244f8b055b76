import type { SupabaseClient } from '@supabase/supabase-js'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepRealtimeConnected, type RealtimeKeeper } from './keepRealtimeConnected.ts'

/** As much of supabase-js's Realtime as is used. */
function fakeRealtime() {
  const fake = {
    calls: [] as string[],
    channels: ['room'] as string[],
    isUp: true,
    pendingHeartbeatRef: null as string | null,
    heartbeat: (_status: string): void => undefined,
    getChannels: () => fake.channels,
    isConnected: () => fake.isUp,
    isConnecting: () => false,
    connect: () => void fake.calls.push('connect'),
    disconnect: () => {
      fake.calls.push('disconnect')
      return Promise.resolve('ok')
    },
    sendHeartbeat: () => {
      fake.calls.push('heartbeat')
      return Promise.resolve()
    },
    onHeartbeat: (callback: (status: string) => void) => {
      fake.heartbeat = callback
    },
  }
  return fake
}

let realtime: ReturnType<typeof fakeRealtime>
let keeper: RealtimeKeeper
let isHidden: boolean

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] })
  realtime = fakeRealtime()
  // Only what is listed above is ever reached.
  isHidden = false
  keeper = keepRealtimeConnected({ realtime } as unknown as SupabaseClient, {
    isHidden: () => isHidden,
    delayMs: () => 2_000,
  })
})

afterEach(() => {
  keeper.dispose()
  vi.useRealTimers()
})

test('a connection that answers the question is left alone', () => {
  keeper.check()
  realtime.heartbeat('ok')
  vi.advanceTimersByTime(10_000)
  expect(realtime.calls).toEqual(['heartbeat'])
})

test('one that does not answer within a second is replaced', () => {
  keeper.check()
  vi.advanceTimersByTime(1_000)
  expect(realtime.calls).toEqual(['heartbeat', 'disconnect', 'connect'])
})

test('with a question under way none is asked, which supabase-js would take for the end of it', () => {
  realtime.pendingHeartbeatRef = '7'
  keeper.check()
  expect(realtime.calls).toEqual([])
  vi.advanceTimersByTime(1_000)
  expect(realtime.calls).toEqual(['disconnect', 'connect'])
})

test('what supabase-js leaves closed in a hidden window is opened again and again', () => {
  isHidden = true
  realtime.isUp = false
  vi.advanceTimersByTime(6_000)
  expect(realtime.calls).toEqual(['disconnect', 'connect'])
  vi.advanceTimersByTime(60_000)
  expect(realtime.calls.filter((call) => call === 'connect').length).toBeGreaterThan(5)
})

test('in a window that is shown supabase-js is left to it: tries of two make Chromium hold back the one that would work', () => {
  realtime.isUp = false
  vi.advanceTimersByTime(60_000)
  expect(realtime.calls).toEqual([])
})

test('two who notice that the network is back get one connection, and a later one another', () => {
  keeper.reconnect()
  keeper.reconnect()
  expect(realtime.calls).toEqual(['disconnect', 'connect'])
  vi.advanceTimersByTime(1_000)
  keeper.reconnect()
  expect(realtime.calls).toHaveLength(4)
})

test('without a channel nobody needs a connection', () => {
  realtime.isUp = false
  realtime.channels = []
  isHidden = true
  keeper.reconnect()
  vi.advanceTimersByTime(60_000)
  expect(realtime.calls).toEqual([])
})
