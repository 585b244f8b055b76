import { expect, test } from 'vitest'
import { ok } from '../../../../src/shared/result.ts'
import type { CallDatabase } from '../databaseCall.ts'
import { createMemoryPageStore } from './pages/memoryPageStore.ts'
import { PAGE_LIFE_MS } from './pages/pageStore.ts'
import { createRoomLister } from './roomLister.ts'

function room(name: string) {
  return {
    id: '5b0e1c52-9a0f-4b43-8d47-3a3c2f3f8f10',
    name,
    privacy: 'public',
    tags: [],
    participantCount: 0,
    maxParticipants: 50,
    capacity: 4,
    hasPassword: false,
    createdAt: '2026-11-22T12:00:00.000000Z',
  }
}

test('a page of public rooms grows old however often it is asked for, and can be forgotten', async () => {
  let nowMs = 0
  let publicRooms: unknown[] = []
  const asked: unknown[] = []
  const call: CallDatabase = (_token, _name, parameters) => {
    const privacy = 'p_privacy' in parameters ? parameters.p_privacy : null
    asked.push(privacy)
    return Promise.resolve(ok(privacy === 'public' ? publicRooms : []))
  }
  const lister = createRoomLister(
    call,
    createMemoryPageStore(() => nowMs),
    () => nowMs,
  )
  const names = async (): Promise<readonly string[]> => {
    const page = await lister.list('token', { tags: [], q: '', hasRoom: false, order: 'lively', limit: 20 })
    return page.ok ? page.value.rooms.map(({ name }) => name) : []
  }

  expect(await names()).toEqual([])
  publicRooms = [room('Night shift')]
  for (nowMs = 1_000; nowMs < PAGE_LIFE_MS; nowMs += 1_000) expect(await names()).toEqual([])
  expect(asked.filter((privacy) => privacy === 'public')).toHaveLength(1)

  nowMs = PAGE_LIFE_MS
  expect(await names()).toEqual(['Night shift'])

  publicRooms = []
  await lister.forget()
  expect(await names()).toEqual([])
})

test('the database is asked for rooms in a phase, and the answer says when it was given', async () => {
  const asked: unknown[] = []
  const call: CallDatabase = (_token, _name, parameters) => {
    asked.push('p_phase' in parameters ? parameters.p_phase : null)
    return Promise.resolve(ok([]))
  }
  const now = () => Date.parse('2026-11-26T12:00:00.000Z')
  const lister = createRoomLister(call, createMemoryPageStore(now), now)
  const query = { tags: [], q: '', hasRoom: false, order: 'lively', limit: 20 } as const
  const answer = await lister.list('token', { ...query, tags: [], phase: 'break' })
  expect(answer).toEqual(ok({ rooms: [], nextCursor: null, serverNow: '2026-11-26T12:00:00.000Z' }))
  await lister.list('token', { ...query, tags: [] })
  expect(asked).toEqual(['break', 'break', null, null])
})
