import { randomUUID } from 'node:crypto'
import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createRoomResponseSchema } from '../../../src/shared/api/rooms.ts'
import { startTestBackend, type TestBackend } from '../../../test/support/backend.ts'
import { signUp, type Person } from '../../tests/support/person.ts'

let backend: TestBackend
let sql: Sql
/** Looks on, while the other connection holds a lock. */
let watcher: Sql
let ada: Person

beforeAll(async () => {
  backend = await startTestBackend()
  sql = postgres(backend.databaseUrl, { max: 1, onnotice: () => {} })
  watcher = postgres(backend.databaseUrl, { max: 1, onnotice: () => {} })
  ada = await signUp(backend, 'Ada')
})

afterAll(async () => {
  await sql.end()
  await watcher.end()
  await backend.stop()
})

beforeEach(async () => {
  await sql`delete from private.permits`
})

/** Sends a request twice, and lets neither be answered before both have come as far as a lock in the database. */
async function sendTwiceAtOnce<T>(
  table: 'profiles' | 'rooms',
  id: string,
  send: () => Promise<T>,
): Promise<T[]> {
  let answers: Promise<T[]> | undefined
  await sql.begin(async (transaction) => {
    await transaction`select 1 from ${transaction(`public.${table}`)} where id = ${id} for update`
    answers = Promise.all([send(), send()])
    await expect
      .poll(async () => await watcher`select 1 from pg_stat_activity where wait_event_type = 'Lock'`, {
        timeout: 30_000,
      })
      .toHaveLength(2)
  })
  return (await answers) ?? []
}

async function createRoom(): Promise<string> {
  const { body } = await ada.call('POST', '/rooms/create', { name: 'Algebra' })
  return createRoomResponseSchema.parse(body).roomId
}

async function staysIn(roomId: string): Promise<readonly unknown[]> {
  return await watcher`
    select p.is_active, r.participant_count, p.left_reason from public.room_participants p
    join public.rooms r on r.id = p.room_id where r.id = ${roomId}`
}

test('a person who sends the same request to join twice at once is in once', async () => {
  const roomId = await createRoom()
  const connectionId = randomUUID()
  const answers = await sendTwiceAtOnce('rooms', roomId, () =>
    ada.call('POST', `/rooms/${roomId}/join`, { connectionId }),
  )
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect(answers[1]).toEqual(answers[0])
  expect(await staysIn(roomId)).toEqual([{ is_active: true, participant_count: 1, left_reason: null }])
})

test('a person who sends the same request to leave twice at once has left once', async () => {
  const roomId = await createRoom()
  const connectionId = randomUUID()
  expect((await ada.call('POST', `/rooms/${roomId}/join`, { connectionId })).status).toBe(200)
  const answers = await sendTwiceAtOnce('rooms', roomId, () =>
    ada.call('POST', `/rooms/${roomId}/leave`, { connectionId }),
  )
  expect(answers).toEqual([
    { status: 204, body: null },
    { status: 204, body: null },
  ])
  expect(await staysIn(roomId)).toEqual([{ is_active: false, participant_count: 0, left_reason: 'left' }])
})

test('a room that is opened twice at once with the same key is one', async () => {
  const key = randomUUID()
  const answers = await sendTwiceAtOnce('profiles', ada.userId, async () => {
    const response = await fetch(`${backend.url}/functions/v1/api/rooms/create`, {
      method: 'POST',
      headers: {
        apikey: backend.publishableKey,
        authorization: `Bearer ${ada.token}`,
        'idempotency-key': key,
      },
      body: JSON.stringify({ name: 'Once' }),
    })
    return { status: response.status, body: createRoomResponseSchema.parse(await response.json()) }
  })
  expect(answers.map(({ status }) => status)).toEqual([201, 201])
  expect(answers[1]).toEqual(answers[0])
  const rooms = await watcher`select id from public.rooms where creator_id = ${ada.userId} and name = 'Once'`
  expect(rooms).toEqual([{ id: answers[0]?.body.roomId }])
})
