import { randomUUID } from 'node:crypto'
import { createClient, type RealtimeChannel, type SupabaseClient } from '@supabase/supabase-js'
import postgres, { type Sql } from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { messagePageSchema, messageSchema } from '../../src/shared/api/messages.ts'
import { openedRoomSchema, recurringRoomsSchema } from '../../src/shared/api/recurringRooms.ts'
import type { Database } from '../../src/shared/database/database.generated.ts'
import {
  messageAddedSchema,
  messageDeletedSchema,
  ROOM_EVENTS,
  roomTopic,
} from '../../src/shared/realtime/roomEvents.ts'
import { startTestBackend, type TestBackend } from '../../test/support/backend.ts'
import { signUp, type Person } from './support/person.ts'

type Client = SupabaseClient<Database>

let backend: TestBackend
let sql: Sql
let people: readonly Person[]
let clients: Client[] = []

beforeAll(async () => {
  backend = await startTestBackend()
  sql = postgres(backend.databaseUrl, { max: 16, onnotice: () => {} })
  people = await Promise.all(['Ada', 'Ben', 'Cem'].map(async (name) => await signUp(backend, name)))
})

afterAll(async () => {
  await sql.end()
  await backend.stop()
})

beforeEach(async () => {
  await sql`delete from private.permits`
})

afterEach(async () => {
  await Promise.all(clients.map(async (client) => await client.removeAllChannels()))
  clients = []
})

function person(index: number): Person {
  const found = people[index]
  if (!found) throw new Error('there is no such person')
  return found
}

async function clientOf(index: number): Promise<Client> {
  const { token } = person(index)
  const client = createClient<Database>(backend.url, backend.publishableKey, {
    global: { headers: { authorization: `Bearer ${token}` } },
  })
  await client.realtime.setAuth(token)
  clients.push(client)
  return client
}

interface Heard {
  readonly event: string
  readonly payload: unknown
}

async function listen(
  client: Client,
  topic: string,
): Promise<{ channel: RealtimeChannel; status: string; heard: Heard[] }> {
  const heard: Heard[] = []
  const channel = client.channel(topic, { config: { private: true } })
  channel.on('broadcast', { event: '*' }, ({ event, payload }) => heard.push({ event, payload }))
  const status = await new Promise<string>((resolve) => {
    channel.subscribe((outcome) => resolve(outcome))
  })
  return { channel, status, heard }
}

function payloads(heard: readonly Heard[], event: string): readonly unknown[] {
  return heard.filter((message) => message.event === event).map(({ payload }) => payload)
}

/** What a call of the Data API answers; fails where it is refused. */
function answerOf(result: { data: unknown; error: { message: string } | null }): unknown {
  expect(result.error).toBeNull()
  return result.data
}

async function makeRecurringRoom(owner: Client): Promise<string> {
  const made = answerOf(
    await owner.rpc('create_recurring_room', {
      p_name: 'Maths',
      p_rrule: 'FREQ=WEEKLY',
      p_starts_at: '2026-01-05T18:00',
      p_time_zone: 'Europe/Berlin',
    }),
  )
  return z.object({ recurringRoomId: z.uuid() }).parse(made).recurringRoomId
}

async function makeMember(owner: Client, member: Client, recurringRoomId: string): Promise<void> {
  const invite = answerOf(
    await owner.rpc('create_recurring_invite', { p_recurring_room_id: recurringRoomId }),
  )
  const { code } = z.object({ code: z.string() }).parse(invite)
  expect(answerOf(await member.rpc('accept_recurring_invite', { p_code: code }))).toEqual({ recurringRoomId })
}

async function open(client: Client, recurringRoomId: string): Promise<string> {
  const opened = answerOf(await client.rpc('open_recurring_room', { p_recurring_room_id: recurringRoomId }))
  return openedRoomSchema.parse(opened).roomId
}

async function join(client: Client, roomId: string): Promise<void> {
  const joined = answerOf(await client.rpc('join_room', { p_room_id: roomId, p_connection_id: randomUUID() }))
  expect(joined).toMatchObject({ channel: expect.any(String) as string })
}

async function send(client: Client, roomId: string, body: string): Promise<z.infer<typeof messageSchema>> {
  const sent = await client.rpc('send_message', {
    p_room_id: roomId,
    p_body: body,
    p_client_message_id: randomUUID(),
  })
  return messageSchema.parse(answerOf(sent))
}

describe('chat in a recurring room', () => {
  test('reaches members at once, and neither strangers nor whoever was removed', async () => {
    const [ada, ben, cem] = await Promise.all([clientOf(0), clientOf(1), clientOf(2)])
    const recurringRoomId = await makeRecurringRoom(ada)
    await makeMember(ada, ben, recurringRoomId)
    const roomId = await open(ben, recurringRoomId)
    expect(await open(ada, recurringRoomId)).toBe(roomId)
    await join(ada, roomId)
    await join(ben, roomId)

    const [adaHears, benHears, cemHears] = await Promise.all(
      [ada, ben, cem].map(async (client) => await listen(client, roomTopic(roomId, 0))),
    )
    expect([adaHears?.status, benHears?.status]).toEqual(['SUBSCRIBED', 'SUBSCRIBED'])
    expect(cemHears?.status).not.toBe('SUBSCRIBED')

    const first = await send(ada, roomId, 'Hello\nBen')
    await expect.poll(() => payloads(benHears?.heard ?? [], ROOM_EVENTS.messageAdded)).toHaveLength(1)
    expect(messageAddedSchema.parse(payloads(benHears?.heard ?? [], ROOM_EVENTS.messageAdded)[0])).toEqual(
      first,
    )
    expect(first).toMatchObject({ displayName: 'Ada', body: 'Hello\nBen' })

    answerOf(await ada.rpc('delete_message', { p_message_id: first.id }))
    await expect.poll(() => payloads(benHears?.heard ?? [], ROOM_EVENTS.messageDeleted)).toHaveLength(1)
    expect(
      messageDeletedSchema.parse(payloads(benHears?.heard ?? [], ROOM_EVENTS.messageDeleted)[0]),
    ).toEqual({ id: first.id })

    answerOf(
      await ada.rpc('remove_recurring_member', {
        p_recurring_room_id: recurringRoomId,
        p_user_id: person(1).userId,
      }),
    )
    await expect.poll(() => payloads(adaHears?.heard ?? [], ROOM_EVENTS.channelMoved)).toHaveLength(1)
    const moved = await listen(await clientOf(0), roomTopic(roomId, 1))
    expect(moved.status).toBe('SUBSCRIBED')
    const second = await send(ada, roomId, 'Ben is gone')
    await expect.poll(() => payloads(moved.heard, ROOM_EVENTS.messageAdded)).toEqual([second])
    expect(payloads(benHears?.heard ?? [], ROOM_EVENTS.messageAdded)).toHaveLength(1)
    expect(cemHears?.heard).toEqual([])
    expect((await ben.rpc('list_messages', { p_room_id: roomId })).error?.message).toBe('not_participant')
    expect(
      (await ben.rpc('open_recurring_room', { p_recurring_room_id: recurringRoomId })).error?.message,
    ).toBe('not_found')

    const page = messagePageSchema.parse(answerOf(await ada.rpc('list_messages', { p_room_id: roomId })))
    expect(page).toEqual([second])
    const [listed] = recurringRoomsSchema.parse(answerOf(await ada.rpc('list_my_recurring_rooms')))
    expect(listed).toMatchObject({
      id: recurringRoomId,
      liveRoomId: roomId,
      participants: [{ displayName: 'Ada' }],
    })
  })
})

describe('many at once', () => {
  /** Runs a statement as somebody signed in, in a transaction of its own. */
  async function actAs<T extends object>(
    userId: string,
    statement: string,
    parameters: string[],
  ): Promise<T | undefined> {
    return (await sql.begin(async (transaction) => {
      await transaction`select set_config('request.jwt.claim.sub', ${userId}, true), set_config('role', 'authenticated', true)`
      const rows = await transaction.unsafe<T[]>(statement, parameters)
      return rows[0]
    })) as T | undefined
  }

  test('people who open a recurring room together meet in one', async () => {
    const members = Array.from({ length: 16 }, () => randomUUID())
    for (const id of members)
      await sql`insert into auth.users (id, email) values (${id}, ${`${id}@example.test`})`
    const [room] = await sql<{ id: string }[]>`
      insert into public.recurring_rooms (owner_id, name, settings, rrule, starts_at, time_zone, duration_minutes)
      values (${members[0] ?? ''}, 'Busy', private.chosen_settings('{}'), 'FREQ=DAILY', '2026-01-01', 'UTC', 60) returning id`
    const recurringRoomId = room?.id ?? ''
    for (const id of members.slice(1)) {
      await sql`insert into public.recurring_room_members (recurring_room_id, user_id) values (${recurringRoomId}, ${id})`
    }
    for (let round = 0; round < 5; round += 1) {
      const opened = await Promise.all(
        members.map(
          async (id) =>
            await actAs<{ answer: { roomId: string } }>(
              id,
              'select public.open_recurring_room($1::uuid) as answer',
              [recurringRoomId],
            ),
        ),
      )
      const ids = new Set(opened.map((row) => row?.answer.roomId))
      expect(ids.size).toBe(1)
      const [roomId] = ids
      await sql`select private.close_room(${roomId ?? ''})`
    }
    const [count] = await sql<{ rooms: number }[]>`
      select count(*)::int as rooms from public.rooms where recurring_room_id = ${recurringRoomId}`
    expect(count?.rooms).toBe(5)
  })

  test('a message that is sent many times over is one message', async () => {
    const userId = person(0).userId
    const [room] = await sql<{ id: string }[]>`insert into public.rooms (name) values ('Busy') returning id`
    const roomId = room?.id ?? ''
    await sql`insert into public.room_participants (room_id, user_id, connection_id) values (${roomId}, ${userId}, gen_random_uuid())`
    const clientMessageId = randomUUID()
    const sent = await Promise.all(
      Array.from(
        { length: 12 },
        async () =>
          await actAs<{ answer: { id: string } }>(
            userId,
            'select public.send_message($1::uuid, $2, $3::uuid) as answer',
            [roomId, 'Hello', clientMessageId],
          ),
      ),
    )
    expect(new Set(sent.map((row) => row?.answer.id)).size).toBe(1)
  })
})
