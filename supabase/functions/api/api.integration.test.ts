import { randomUUID } from 'node:crypto'
import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  createRoomResponseSchema,
  joinRoomResponseSchema,
  listRoomsResponseSchema,
  participantsResponseSchema,
} from '../../../src/shared/api/rooms.ts'
import { startTestBackend, type TestBackend } from '../../../test/support/backend.ts'
import { signUp, type Person } from '../../tests/support/person.ts'

let backend: TestBackend
let sql: Sql
let ada: Person
let ben: Person
let cyd: Person

beforeAll(async () => {
  backend = await startTestBackend()
  sql = postgres(backend.databaseUrl, { max: 1, onnotice: () => {} })
  ;[ada, ben, cyd] = await Promise.all([
    signUp(backend, 'Ada'),
    signUp(backend, 'Ben'),
    signUp(backend, 'Cyd'),
  ])
})

afterAll(async () => {
  await sql.end()
  await backend.stop()
})

beforeEach(async () => {
  await sql`delete from private.permits`
})

async function createRoom(person: Person, room: object): Promise<string> {
  const { status, body } = await person.call('POST', '/rooms/create', room)
  expect(status).toBe(201)
  return createRoomResponseSchema.parse(body).roomId
}

async function roomNames(person: Person, query: string): Promise<readonly string[]> {
  const { body } = await person.call('GET', `/rooms/list?${query}`)
  return listRoomsResponseSchema.parse(body).rooms.map((room) => room.name)
}

describe('the rooms API on the embedded backend', () => {
  test('two people meet and part', async () => {
    const roomId = await createRoom(ada, {
      name: ' Biology ',
      tags: ['Bio', 'exam'],
      settings: { allowChat: false },
    })
    const [adaConnection, benConnection] = [randomUUID(), randomUUID()]

    const first = await ada.call('POST', `/rooms/${roomId}/join`, { connectionId: adaConnection })
    expect(first.status).toBe(200)
    const joined = joinRoomResponseSchema.parse(first.body)
    expect(joined).toMatchObject({
      room: {
        id: roomId,
        name: 'Biology',
        tags: ['bio', 'exam'],
        creatorId: ada.userId,
        participantCount: 1,
        settings: { allowChat: false, allowVideo: true, allowScreenshare: true, allowTimerControl: true },
      },
      topology: 'mesh',
      epoch: 0,
      channel: `room:${roomId}`,
      iceServers: [],
      sfu: null,
    })

    const second = await ben.call('POST', `/rooms/${roomId}/join`, { connectionId: benConnection })
    const people = joinRoomResponseSchema.parse(second.body).participants
    expect(people.map((person) => person.displayName)).toEqual(['Ada', 'Ben'])
    expect((people[0]?.joinedAt ?? '') < (people[1]?.joinedAt ?? '')).toBe(true)

    const state = { isMuted: false, isVideoOff: true, isScreensharing: true }
    expect(await ada.call('PATCH', `/rooms/${roomId}/media`, state)).toEqual({ status: 204, body: null })
    const listed = await ben.call('GET', `/rooms/${roomId}/participants`)
    expect(participantsResponseSchema.parse(listed.body).participants).toMatchObject([
      { userId: ada.userId, connectionId: adaConnection, mediaState: state },
      { userId: ben.userId, connectionId: benConnection },
    ])

    for (let time = 0; time < 2; time++) {
      const left = await ben.call('POST', `/rooms/${roomId}/leave`, { connectionId: benConnection })
      expect(left).toEqual({ status: 204, body: null })
    }
    expect(await ben.call('GET', `/rooms/${roomId}/participants`)).toMatchObject({
      status: 403,
      body: { error: { code: 'not_participant' } },
    })
  })

  test('a fifth person is told that the room is full', async () => {
    const roomId = await createRoom(ada, { name: 'Full' })
    const people = await Promise.all(['1', '2', '3', '4', '5'].map((name) => signUp(backend, name)))
    for (const person of people.slice(0, 4)) {
      const joined = await person.call('POST', `/rooms/${roomId}/join`, { connectionId: randomUUID() })
      expect(joined.status).toBe(200)
    }
    expect(
      await people[4]?.call('POST', `/rooms/${roomId}/join`, { connectionId: randomUUID() }),
    ).toMatchObject({
      status: 409,
      body: { error: { code: 'room_full', message: expect.stringContaining('4 people') } },
    })
  })

  test('a room that is hidden, missing or locked is refused with the same bytes', async () => {
    const hidden = await createRoom(ada, { name: 'Hidden', privacy: 'private' })
    const locked = await createRoom(cyd, { name: 'Locked', privacy: 'private', password: 'open sesame' })
    const answers = await Promise.all([
      ben.call('POST', `/rooms/${hidden}/join`, { connectionId: randomUUID() }),
      ben.call('POST', `/rooms/${randomUUID()}/join`, { connectionId: randomUUID(), password: 'guess' }),
      ben.call('POST', `/rooms/${locked}/join`, { connectionId: randomUUID(), password: 'guess' }),
      ben.call('POST', `/rooms/${locked}/join`, { connectionId: randomUUID() }),
    ])
    expect(answers[0]).toMatchObject({ status: 404, body: { error: { code: 'room_unavailable' } } })
    for (const answer of answers) expect(answer).toEqual(answers[0])
    for (const id of [hidden, randomUUID()]) {
      expect((await ben.call('GET', `/rooms/${id}/participants`)).status).toBe(403)
      expect((await ben.call('POST', `/rooms/${id}/leave`, { connectionId: randomUUID() })).status).toBe(204)
    }
    const opened = await ben.call('POST', `/rooms/${locked}/join`, {
      connectionId: randomUUID(),
      password: 'open sesame',
    })
    expect(opened.status).toBe(200)
    expect(await roomNames(ada, 'privacy=private')).toEqual(['Hidden'])
    expect(await roomNames(ben, 'privacy=private')).toEqual(['Locked'])
    expect(await roomNames(ben, '')).not.toContain('Hidden')
  })

  test('a heartbeat through the Data API tells whether one is in', async () => {
    const roomId = await createRoom(cyd, { name: 'Beating' })
    const [first, second] = [randomUUID(), randomUUID()]
    const beat = async (connectionId: string): Promise<unknown> => {
      const response = await fetch(`${backend.url}/rest/v1/rpc/heartbeat`, {
        method: 'POST',
        headers: {
          apikey: backend.publishableKey,
          authorization: `Bearer ${cyd.token}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ p_room_id: roomId, p_connection_id: connectionId }),
      })
      return await response.json()
    }
    expect(await beat(first)).toBe('gone')
    await cyd.call('POST', `/rooms/${roomId}/join`, { connectionId: first })
    expect(await beat(first)).toBe('present')
    await cyd.call('POST', `/rooms/${roomId}/join`, { connectionId: second })
    expect([await beat(first), await beat(second)]).toEqual(['replaced', 'present'])
  })

  test('limits are told with the time to wait', async () => {
    await createRoom(ada, { name: 'One' })
    expect(await ada.call('POST', '/rooms/create', { name: 'Two' })).toMatchObject({
      status: 429,
      body: { error: { code: 'rate_limited', retryAfterSeconds: expect.any(Number) } },
    })
  })

  test.each(['lively', 'newest', 'name'] as const)(
    'pages of the list follow one another: %s',
    async (order) => {
      await sql`
        insert into public.rooms (name, creator_id, privacy, participant_count, empty_since)
        select case n % 4 when 0 then 'Page ' || n when 1 then 'äpage ' || n when 2 then '数page' else '😀 page "' || n end,
          ${ben.userId}, case when n % 5 = 0 then 'private' else 'public' end::public.room_privacy,
          n % 3, case when n % 3 = 0 then now() end
        from generate_series(1, 47) as n`
      const seen: string[] = []
      const first = `q=page&limit=6&order=${order}`
      let query = first
      for (;;) {
        const { body } = await ben.call('GET', `/rooms/list?${query}`)
        const page = listRoomsResponseSchema.parse(body)
        seen.push(...page.rooms.map((room) => room.id))
        expect(JSON.stringify(body)).not.toContain('sortKey')
        if (page.nextCursor === null) break
        query = `${first}&cursor=${page.nextCursor}`
      }
      const orderBy = {
        lively: sql`participant_count desc, created_at desc, id desc`,
        newest: sql`created_at desc, id desc`,
        name: sql`private.room_name_key(name) collate "C", id`,
      }[order]
      const expected = await sql`select id from public.rooms where name like '%age%' order by ${orderBy}`
      expect(seen).toEqual(expected.map(({ id }) => String(id)))
      await sql`delete from public.rooms where name like '%age%'`
    },
  )

  test('a cursor of one order is none of another', async () => {
    await sql`insert into public.rooms (name) select 'Page ' || n from generate_series(1, 3) as n`
    const { body } = await ben.call('GET', '/rooms/list?q=page&limit=1&order=name')
    const { nextCursor } = listRoomsResponseSchema.parse(body)
    for (const order of ['lively', 'newest']) {
      const answer = await ben.call('GET', `/rooms/list?q=page&limit=1&order=${order}&cursor=${nextCursor}`)
      expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid_input' } } })
    }
    await sql`delete from public.rooms where name like 'Page %'`
  })

  test('whoever is not signed in is refused', async () => {
    const paths = ['/rooms/list', `/rooms/${randomUUID()}/participants`]
    for (const authorization of ['Bearer no.such.token', `Bearer ${backend.publishableKey}`]) {
      for (const path of paths) {
        const response = await fetch(`${backend.url}/functions/v1/api${path}`, {
          headers: { apikey: backend.publishableKey, authorization },
        })
        expect(response.status).toBe(401)
        expect(await response.json()).toMatchObject({ error: { code: 'not_signed_in' } })
      }
    }
  })
})
