import { describe, expect, test } from 'vitest'
import type { SessionStorage } from '../../core/ports/desktop.ts'
import { remember } from './createSupabaseClient.ts'

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
