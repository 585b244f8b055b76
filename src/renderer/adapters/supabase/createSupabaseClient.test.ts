import { describe, expect, test, vi } from 'vitest'
import type { SessionStorage } from '../../core/ports/desktop.ts'
import { isCutOff, reconnectDelayMs, remember } from './createSupabaseClient.ts'

function countingStorage(entries: Record<string, string>) {
  const calls: string[] = []
  const session: SessionStorage = {
    load: (key) => {
      calls.push(`load ${key}`)
      return Promise.resolve(entries[key] ?? null)
    },
    save: (key, value) => {
      calls.push(`save ${key} ${value}`)
      return Promise.resolve()
    },
    clear: (key) => {
      calls.push(`clear ${key}`)
      return Promise.resolve()
    },
  }
  return { storage: remember(session), calls }
}

describe('the remembered session', () => {
  test('is read once, and once also when there is none', async () => {
    const { storage, calls } = countingStorage({ session: 'kept' })
    expect([await storage.getItem('session'), await storage.getItem('session')]).toEqual(['kept', 'kept'])
    expect([await storage.getItem('other'), await storage.getItem('other')]).toEqual([null, null])
    expect(calls).toEqual(['load session', 'load other'])
  })

  test('every change is written through', async () => {
    const { storage, calls } = countingStorage({ session: 'old' })
    await storage.setItem('session', 'new')
    expect(await storage.getItem('session')).toBe('new')
    await storage.removeItem('session')
    expect(await storage.getItem('session')).toBeNull()
    expect(calls).toEqual(['save session new', 'clear session'])
  })

  test('a save that overtakes a load wins', async () => {
    const { storage } = countingStorage({ session: 'old' })
    const loading = storage.getItem('session')
    await storage.setItem('session', 'new')
    expect(await loading).toBe('new')
  })
})

describe('the next try to reach Realtime', () => {
  test('comes soon at first, later in a long outage, and seldom without any network', () => {
    const delays = (isWithoutNetwork: boolean) =>
      [1, 4, 10, 11, 100].map((tries) => reconnectDelayMs(tries, isWithoutNetwork))
    vi.spyOn(Math, 'random').mockReturnValue(0)
    expect(delays(false)).toEqual([250, 2_000, 2_000, 4_000, 4_000])
    expect(delays(true)).toEqual([10_000, 10_000, 10_000, 10_000, 10_000])
    vi.mocked(Math.random).mockReturnValue(0.5)
    expect(delays(false)[0]).toBe(312.5)
    vi.restoreAllMocks()
  })

  test('needs no network where the backend is on this computer', () => {
    vi.stubGlobal('navigator', { onLine: false })
    expect(isCutOff('https://studyhall.example')).toBe(true)
    expect(isCutOff('http://127.0.0.1:54321')).toBe(false)
    vi.stubGlobal('navigator', { onLine: true })
    expect(isCutOff('https://studyhall.example')).toBe(false)
    vi.unstubAllGlobals()
  })
})
