import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { createRoomResponseSchema, listRoomsResponseSchema } from '../../../../../src/shared/api/rooms.ts'
import { ok } from '../../../../../src/shared/result.ts'
import { startTestBackend } from '../../../../../test/support/backend.ts'
import { prepareRedis } from '../../../../../test/support/redisServer.ts'
import { createRoomSummary } from '../../../../../test/support/rooms.ts'
import { startUpstashProxy, type UpstashProxy } from '../../../../../test/support/upstashProxy.ts'
import { signUp } from '../../../../tests/support/person.ts'
import { createApiApp } from '../../app.ts'
import type { ApiDependencies } from '../../dependencies.ts'
import { choosePageStore } from './choosePageStore.ts'
import { PAGE_LIFE_MS } from './pageStore.ts'
import { createRoomPages } from './roomPages.ts'
import { editionKey } from './sharedPages.ts'

const redis = await prepareRedis()
const night = { rooms: [createRoomSummary('Night shift')], tookMs: 3 }
/** A busy machine is no reason to give up on a server that answers. */
const PATIENT = { STUDYHALL_CACHE_TIMEOUT_MS: '20000' }
const project = { supabaseUrl: 'https://one.example.test', publishableKey: 'one', secretKey: 'secret' }

if (redis === null) console.warn('There is no redis-server: the shared cache of the room list is not tested.')

describe.skipIf(redis === null).each(['Redis', 'Upstash'] as const)('pages at %s', (kind) => {
  let proxy: UpstashProxy
  let environment: ApiDependencies['environment']
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})

  /** As another instance of the function would have it. */
  const openStore = (changes: Partial<ApiDependencies> = {}) =>
    choosePageStore({ ...project, environment, ...changes })

  const keys = async () => z.array(z.string()).parse(await redis?.send('KEYS', '*'))

  beforeAll(async () => {
    await redis?.start()
    proxy = await startUpstashProxy(redis?.url ?? '')
    environment =
      kind === 'Redis'
        ? { ...PATIENT, STUDYHALL_REDIS_URL: redis?.url }
        : { ...PATIENT, STUDYHALL_UPSTASH_URL: proxy.url, STUDYHALL_UPSTASH_TOKEN: proxy.token }
  })
  beforeEach(async () => {
    await redis?.send('FLUSHALL')
    warned.mockClear()
  })
  afterAll(async () => {
    await proxy.stop()
    await redis?.kill()
  })

  /** The first use connects, and nobody waits for that. */
  async function openReadyStore(changes: Partial<ApiDependencies> = {}) {
    const clock = { nowMs: Date.now() }
    const store = openStore({ now: () => clock.nowMs, ...changes })
    await expect
      .poll(
        async () => {
          clock.nowMs += 60_000
          await (await store.look('warm-up')).keep(night)
          return (await keys()).length > 0
        },
        { timeout: 20_000, interval: 20 },
      )
      .toBe(true)
    await redis?.send('FLUSHALL')
    return { store, clock }
  }

  test('are shared by all instances of a project, and by no other project', async () => {
    const { store } = await openReadyStore()
    await (await store.look('key')).keep(night)
    const other = (await openReadyStore()).store
    await (await store.look('key')).keep(night)
    const found = (await other.look('key')).page
    expect(found).toMatchObject(night)
    expect(found?.remainingMs).toBeGreaterThan(0)
    expect(found?.remainingMs).toBeLessThanOrEqual(PAGE_LIFE_MS)
    const stranger = (await openReadyStore({ publishableKey: 'two' })).store
    await (await store.look('key')).keep(night)
    expect((await stranger.look('key')).page).toBeNull()
  })

  test('have names with a version, of one length, that end by themselves and show nothing of what was asked', async () => {
    const { store } = await openReadyStore()
    await (await store.look('what somebody searches for')).keep(night)
    const [name, ...others] = await keys()
    expect(others).toEqual([])
    const root = await editionKey(`${project.supabaseUrl} ${project.publishableKey}`)
    expect(root).toMatch(/^\{studyhall:[0-9a-f]{16}:rooms\}:v1$/)
    expect(name?.startsWith(`${root}:0:`)).toBe(true)
    expect(name?.slice(root.length + 3)).toMatch(/^[0-9a-f]{64}$/)
    const lifeMs = z.number().parse(await redis?.send('PTTL', name ?? ''))
    expect(lifeMs).toBeGreaterThan(0)
    expect(lifeMs).toBeLessThanOrEqual(PAGE_LIFE_MS)
  })

  test('are forgotten in all instances at once, also those that were on their way', async () => {
    const [{ store }, { store: other }] = [await openReadyStore(), await openReadyStore()]
    await (await store.look('key')).keep(night)
    const onItsWay = await other.look('late')
    await store.forget()
    await onItsWay.keep(night)
    expect((await other.look('key')).page).toBeNull()
    expect((await other.look('late')).page).toBeNull()
    await (await other.look('key')).keep(night)
    expect((await store.look('key')).page).toMatchObject(night)
  })

  test('that somebody has spoilt count as not there', async () => {
    const { store } = await openReadyStore()
    for (const text of [
      'nonsense',
      '{"rooms":[{}],"tookMs":1}',
      JSON.stringify({ rooms: [createRoomSummary('Between us', { privacy: 'private' })], tookMs: 1 }),
    ]) {
      await (await store.look('key')).keep(night)
      const [name] = await keys()
      await redis?.send('SET', name ?? '', text, 'KEEPTTL')
      expect((await store.look('key')).page).toBeNull()
    }
    expect(warned).not.toHaveBeenCalled()
  })

  test('are kept in memory while the server is dead, and there again once it is back', async () => {
    const { store, clock } = await openReadyStore()
    await (await store.look('key')).keep(night)
    await redis?.kill()
    // Whatever is asked now is answered; the first to notice falls back.
    for (let i = 0; i < 20; i++) await (await store.look(`key ${i}`)).keep(night)
    expect((await store.look('key 19')).page).toMatchObject(night)
    expect(warned).toHaveBeenCalledTimes(1)
    await redis?.start()
    await expect
      .poll(
        async () => {
          clock.nowMs += 60_000
          await (await store.look('key')).keep(night)
          return (await keys()).length
        },
        { timeout: 20_000, interval: 20 },
      )
      .toBeGreaterThan(0)
    expect(warned).toHaveBeenCalledTimes(2)
  })

  test('cost nobody a wait while the server answers nothing', async () => {
    const { store } = await openReadyStore({
      environment: { ...environment, STUDYHALL_CACHE_TIMEOUT_MS: '2000' },
    })
    await redis?.pause(60_000)
    await store.look('key')
    // By now nobody asks it any more: a hundred looks take no time although it is paused still.
    const before = kind === 'Upstash' ? proxy.requestCount() : 0
    for (let i = 0; i < 100; i++) await (await store.look('key')).keep(night)
    expect(kind === 'Upstash' ? proxy.requestCount() : 0).toBe(before)
    expect((await store.look('key')).page).toMatchObject(night)
    expect(warned).toHaveBeenCalled()
    await redis?.kill()
    await redis?.start()
  })

  test('are asked of the database once, however many miss one at the same moment', async () => {
    const { store } = await openReadyStore()
    const pages = createRoomPages(store, Date.now, () => 0)
    let asked = 0
    const found = await Promise.all(
      Array.from({ length: 50 }, () =>
        pages.find('key', async () => {
          asked += 1
          await new Promise((resolve) => setTimeout(resolve, 20))
          return ok(night.rooms)
        }),
      ),
    )
    expect(asked).toBe(1)
    expect(found.every((page) => page.ok && page.value.rooms.length === 1)).toBe(true)
  })
})

describe.skipIf(redis === null)('two instances of the API with one Redis', () => {
  afterAll(async () => await redis?.stop())

  test('show a room that one has opened in the other at once, and go on when Redis is gone', async () => {
    await redis?.start()
    const backend = await startTestBackend()
    try {
      const [here, there] = [0, 1].map(() => {
        const app = createApiApp({
          supabaseUrl: backend.url,
          publishableKey: backend.publishableKey,
          secretKey: backend.secretKey,
          environment: { ...PATIENT, STUDYHALL_REDIS_URL: redis?.url },
        })
        return async (token: string, method: string, path: string, body?: unknown) =>
          await app.request(`/api${path}`, {
            method,
            headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
            ...(body !== undefined && { body: JSON.stringify(body) }),
          })
      })
      if (!here || !there) throw new Error('there are two')
      const [ada, ben] = [await signUp(backend, 'Ada'), await signUp(backend, 'Ben')]
      const list = async (instance: typeof here, token: string, query = '') => {
        const response = await instance(token, 'GET', `/rooms/list${query}`)
        return listRoomsResponseSchema.parse(await response.json()).rooms.map(({ id }) => id)
      }
      await expect
        .poll(
          async () => {
            for (const instance of [here, there]) await list(instance, ada.token)
            return z.array(z.string()).parse(await redis?.send('KEYS', '*')).length
          },
          { timeout: 20_000, interval: 20 },
        )
        .toBeGreaterThan(0)

      const opened = await here(ada.token, 'POST', '/rooms/create', { name: 'Open to all' })
      const { roomId } = createRoomResponseSchema.parse(await opened.json())
      expect(await list(there, ben.token)).toEqual([roomId])

      const hidden = await there(ben.token, 'POST', '/rooms/create', { name: 'Hidden', privacy: 'private' })
      const { roomId: hiddenId } = createRoomResponseSchema.parse(await hidden.json())
      expect(await list(here, ben.token)).toEqual(expect.arrayContaining([roomId, hiddenId]))
      expect(await list(here, ada.token)).toEqual([roomId])
      const kept = z.array(z.string()).parse(await redis?.send('KEYS', '*:*:*:*:*'))
      for (const key of kept) expect(String(await redis?.send('GET', key))).not.toContain(hiddenId)

      for (const query of ['', '?privacy=public']) {
        expect((await there('no token', 'GET', `/rooms/list${query}`)).status).toBe(401)
      }
      vi.spyOn(console, 'warn').mockImplementation(() => {})
      await redis?.kill()
      expect(await list(there, ben.token)).toContain(roomId)
      expect(await list(there, ben.token)).toContain(roomId)
    } finally {
      await backend.stop()
    }
  })
})
