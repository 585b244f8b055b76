import { randomUUID } from 'node:crypto'
import { createClient, type RealtimeChannel, type SupabaseClient } from '@supabase/supabase-js'
import postgres, { type Sql } from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createRoomResponseSchema } from '../../src/shared/api/rooms.ts'
import { LOBBY_EVENTS, LOBBY_TOPIC, roomChangedSchema } from '../../src/shared/realtime/lobbyEvents.ts'
import {
  channelMovedSchema,
  participantJoinedSchema,
  participantLeftSchema,
  ROOM_EVENTS,
  roomTopic,
} from '../../src/shared/realtime/roomEvents.ts'
import { startTestBackend, type TestBackend } from '../../test/support/backend.ts'
import { signUp, type Person } from './support/person.ts'

let backend: TestBackend
let sql: Sql
let ada: Person
let ben: Person
let clients: SupabaseClient[] = []

beforeAll(async () => {
  backend = await startTestBackend()
  sql = postgres(backend.databaseUrl, { max: 1, onnotice: () => {} })
  ;[ada, ben] = await Promise.all([signUp(backend, 'Ada'), signUp(backend, 'Ben')])
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

/** A private channel of somebody's, and everything the database says on it. */
interface Listener {
  readonly channel: RealtimeChannel
  /** 'SUBSCRIBED', or what it came to instead. */
  readonly status: string
  /** Resolves with the payload of the next message of an event that nobody has waited for yet. */
  next(event: string): Promise<unknown>
  /** The events heard so far that nobody has waited for. */
  others(): readonly string[]
}

async function listen(person: Person, topic: string): Promise<Listener> {
  const client = createClient(backend.url, backend.publishableKey)
  await client.realtime.setAuth(person.token)
  clients.push(client)
  const heard: { readonly event: string; readonly payload: unknown }[] = []
  const waiting: { readonly event: string; readonly resolve: (payload: unknown) => void }[] = []
  const channel = client.channel(topic, { config: { private: true } })
  channel.on('broadcast', { event: '*' }, ({ event, payload }) => {
    const index = waiting.findIndex((waiter) => waiter.event === event)
    if (index === -1) heard.push({ event, payload })
    else waiting.splice(index, 1)[0]?.resolve(payload)
  })
  const status = await new Promise<string>((resolve) => {
    channel.subscribe((outcome) => resolve(outcome))
  })
  return {
    channel,
    status,
    others: () => heard.map((message) => message.event),
    async next(event) {
      const index = heard.findIndex((message) => message.event === event)
      if (index !== -1) return heard.splice(index, 1)[0]?.payload
      return await new Promise((resolve) => {
        waiting.push({ event, resolve })
      })
    },
  }
}

async function createRoom(person: Person, room: object): Promise<string> {
  const { body } = await person.call('POST', '/rooms/create', { name: 'Room', ...room })
  return createRoomResponseSchema.parse(body).roomId
}

async function join(person: Person, roomId: string): Promise<string> {
  const connectionId = randomUUID()
  const { status } = await person.call('POST', `/rooms/${roomId}/join`, { connectionId })
  expect(status).toBe(200)
  return connectionId
}

describe('the official client on the channels', () => {
  test('the lobby hears of public rooms and of who comes and goes, and of no private room', async () => {
    const lobby = await listen(ben, LOBBY_TOPIC)
    expect(lobby.status).toBe('SUBSCRIBED')
    await createRoom(ben, { name: 'Hidden', privacy: 'private' })
    const roomId = await createRoom(ada, { name: 'Open', tags: ['maths'] })
    const opened = roomChangedSchema.parse(await lobby.next(LOBBY_EVENTS.roomChanged))
    expect(opened).toMatchObject({ id: roomId, name: 'Open', tags: ['maths'], participantCount: 0 })
    await join(ada, roomId)
    expect(await lobby.next(LOBBY_EVENTS.roomChanged)).toMatchObject({ id: roomId, participantCount: 1 })
    await sql`select private.close_room(${roomId})`
    expect(await lobby.next(LOBBY_EVENTS.roomRemoved)).toMatchObject({ id: roomId })
  })

  test('a room’s channel opens to those inside and tells who comes, who goes, and why', async () => {
    const roomId = await createRoom(ada, {})
    const topic = roomTopic(roomId, 0)
    expect((await listen(ben, topic)).status).not.toBe('SUBSCRIBED')

    await join(ada, roomId)
    const room = await listen(ada, topic)
    expect(room.status).toBe('SUBSCRIBED')
    const first = await join(ben, roomId)
    const joined = participantJoinedSchema.parse(await room.next(ROOM_EVENTS.participantJoined))
    expect(joined).toMatchObject({ userId: ben.userId, connectionId: first, displayName: 'Ben' })

    const second = await join(ben, roomId)
    expect(participantLeftSchema.parse(await room.next(ROOM_EVENTS.participantLeft))).toEqual({
      userId: ben.userId,
      connectionId: first,
      reason: 'replaced',
    })
    await ben.call('POST', `/rooms/${roomId}/leave`, { connectionId: second })
    expect(await room.next(ROOM_EVENTS.participantLeft)).toMatchObject({
      connectionId: second,
      reason: 'left',
    })
    await sql`select private.close_room(${roomId})`
    await room.next(ROOM_EVENTS.roomClosed)
  })

  test('nobody but the database writes to the lobby', async () => {
    const [listener, sender] = await Promise.all([listen(ada, LOBBY_TOPIC), listen(ben, LOBBY_TOPIC)])
    await sender.channel.send({
      type: 'broadcast',
      event: LOBBY_EVENTS.roomRemoved,
      payload: { id: 'forged' },
    })
    const roomId = await createRoom(ben, { name: 'Real' })
    await listener.next(LOBBY_EVENTS.roomChanged)
    await sql`select private.close_room(${roomId})`
    expect(await listener.next(LOBBY_EVENTS.roomRemoved)).toMatchObject({ id: roomId })
  })

  test('somebody who was removed hears nothing any more, though their channel is still open', async () => {
    const roomId = await createRoom(ada, {})
    const topic = roomTopic(roomId, 0)
    await join(ada, roomId)
    await join(ben, roomId)
    const [staying, removed] = await Promise.all([listen(ada, topic), listen(ben, topic)])
    const { status } = await ada.call('POST', `/rooms/${roomId}/participants/${ben.userId}/remove`)
    expect(status).toBe(204)

    const { channel } = channelMovedSchema.parse(await staying.next(ROOM_EVENTS.channelMoved))
    expect(channel).not.toBe(topic)
    const moved = await listen(ada, channel)
    expect(moved.status).toBe('SUBSCRIBED')
    expect((await listen(ben, channel)).status).not.toBe('SUBSCRIBED')
    expect((await listen(ben, topic)).status).not.toBe('SUBSCRIBED')

    await sql`update public.rooms set name = 'Among us' where id = ${roomId}`
    expect(await moved.next(ROOM_EVENTS.roomChanged)).toMatchObject({ name: 'Among us' })
    await moved.channel.track({ userId: ada.userId })
    // What is sent last arrives last: whatever the old topic was told before has been heard by then.
    await sql`select realtime.send('{}'::jsonb, 'marker', ${topic}, true)`
    await removed.next('marker')
    await removed.next(ROOM_EVENTS.participantLeft)
    await removed.next(ROOM_EVENTS.channelMoved)
    expect(removed.others()).toEqual([])
  })
})
