import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createRoomSummary } from '../../../../../test/support/rooms.ts'
import { createGuardedPageStore } from './guardedPageStore.ts'
import { createMemoryPageStore } from './memoryPageStore.ts'
import type { PageLookup, SharedPageStore } from './pageStore.ts'

const TIMEOUT_MS = 50
const night = { rooms: [createRoomSummary('Night shift')], tookMs: 1 }

type Behaviour = 'answers' | 'fails' | 'hangs'

function createScene() {
  const told: string[] = []
  const asked: string[] = []
  let behaviour: Behaviour = 'answers'
  const behind = createMemoryPageStore(Date.now)
  async function act<T>(what: string, work: () => Promise<T>): Promise<T> {
    asked.push(what)
    if (behaviour === 'fails') throw new Error('redis://secret@nowhere')
    if (behaviour === 'hangs') await new Promise(() => {})
    return await work()
  }
  const shared: SharedPageStore = {
    look: (key) =>
      act('look', async (): Promise<PageLookup> => {
        const { page, keep } = await behind.look(key)
        return { page, keep: (fresh) => act('keep', () => keep(fresh)) }
      }),
    forget: () => act('forget', behind.forget),
    disconnect: () => void asked.push('disconnect'),
  }
  const store = createGuardedPageStore({
    shared,
    fallback: createMemoryPageStore(Date.now),
    timeoutMs: TIMEOUT_MS,
    now: Date.now,
    tell: (line) => void told.push(line),
  })
  const scene = { store, told, asked, behave: (next: Behaviour) => void (behaviour = next) }
  return {
    ...scene,
    /** Has it connect first. */
    connect: async () => {
      await store.look('key')
      await vi.advanceTimersByTimeAsync(0)
      asked.length = 0
    },
  }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a shared store with a guard', () => {
  test('is asked as long as it answers', async () => {
    const { store, asked, connect } = createScene()
    await connect()
    await (await store.look('key')).keep(night)
    expect((await store.look('key')).page?.rooms).toEqual(night.rooms)
    expect(asked).toEqual(['look', 'keep', 'look'])
  })

  test('connects while nobody waits, and says nothing of it', async () => {
    const { store, told, asked } = createScene()
    void store.look('key').then(async ({ keep }) => await keep(night))
    expect(asked).toEqual([])
    await vi.advanceTimersByTimeAsync(0)
    expect(asked).toEqual(['look'])
    expect((await store.look('key')).page).toBeNull()
    expect(told).toEqual([])
  })

  test('forgets what is to be forgotten while it connects before anybody looks', async () => {
    const { store, asked } = createScene()
    await store.look('key')
    await store.forget()
    await vi.advanceTimersByTimeAsync(0)
    expect(asked).toEqual(['look', 'forget'])
  })

  test('that fails is answered for from memory, and is left alone for a while', async () => {
    const { store, told, asked, behave, connect } = createScene()
    await connect()
    behave('fails')
    await (await store.look('key')).keep(night)
    for (let i = 0; i < 100; i++) expect((await store.look('key')).page?.rooms).toEqual(night.rooms)
    expect(asked).toEqual(['look', 'disconnect'])
    expect(told).toHaveLength(1)
    expect(told[0]).not.toContain('secret')
  })

  test('that hangs costs those who ask at that moment its timeout, and nobody afterwards anything', async () => {
    const { store, asked, behave, connect } = createScene()
    await connect()
    behave('hangs')
    const waiting = [store.look('key'), store.look('key'), store.forget()]
    await vi.advanceTimersByTimeAsync(TIMEOUT_MS)
    await Promise.all(waiting)
    await store.look('key')
    expect(asked.filter((what) => what !== 'disconnect')).toEqual(['look', 'look', 'forget'])
  })

  test('is tried again by itself, ever more rarely, and used once it answers', async () => {
    const { store, told, asked, behave, connect } = createScene()
    await connect()
    behave('fails')
    await store.look('key')
    const triesAtMs: number[] = []
    const startedAtMs = Date.now()
    for (let i = 0; i < 70; i++) {
      await vi.advanceTimersByTimeAsync(1_000)
      const before = asked.length
      await store.look('key')
      if (asked.length > before) triesAtMs.push(Date.now() - startedAtMs)
    }
    expect(triesAtMs.map((at) => Math.round(at / 1_000))).toEqual([1, 3, 7, 15, 31, 61])
    behave('answers')
    await vi.advanceTimersByTimeAsync(30_000)
    // This one starts the try and does not wait for it.
    expect((await store.look('key')).page).toBeNull()
    await vi.advanceTimersByTimeAsync(0)
    expect(told).toHaveLength(2)
    await (await store.look('key')).keep(night)
    expect(asked.at(-1)).toBe('keep')
  })

  test('makes up for what was to be forgotten while it was away', async () => {
    const { store, asked, behave, connect } = createScene()
    await connect()
    await (await store.look('key')).keep(night)
    behave('fails')
    await store.look('other')
    await store.forget()
    behave('answers')
    await vi.advanceTimersByTimeAsync(1_000)
    await store.look('key')
    await vi.advanceTimersByTimeAsync(0)
    expect(asked.at(-1)).toBe('forget')
    expect((await store.look('key')).page).toBeNull()
  })

  test('keeps nothing where keeping fails, and says nothing of it to who asked', async () => {
    const { store, behave, told, connect } = createScene()
    await connect()
    const lookup = await store.look('key')
    behave('fails')
    await lookup.keep(night)
    expect(told).toHaveLength(1)
  })
})
