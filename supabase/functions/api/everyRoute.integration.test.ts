import { randomUUID } from 'node:crypto'
import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { parseInviteLink } from '../../../src/shared/api/inviteLink.ts'
import { bandwidthResponseSchema, iceServersResponseSchema } from '../../../src/shared/api/connection.ts'
import {
  createInviteResponseSchema,
  findInviteResponseSchema,
  invitesResponseSchema,
} from '../../../src/shared/api/invites.ts'
import { mediaServerResponseSchema } from '../../../src/shared/api/media.ts'
import {
  bansResponseSchema,
  membersResponseSchema,
  roomResponseSchema,
} from '../../../src/shared/api/moderation.ts'
import { commonTagsResponseSchema, createRoomResponseSchema } from '../../../src/shared/api/rooms.ts'
import { startTestBackend, type TestBackend } from '../../../test/support/backend.ts'
import { signUp, type Person } from '../../tests/support/person.ts'

let backend: TestBackend
let sql: Sql
let ada: Person
let ben: Person

beforeAll(async () => {
  backend = await startTestBackend({ environment: { STUDYHALL_STUN_URLS: 'stun:stun.test:3478' } })
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

async function createRoom(person: Person, room: object = {}): Promise<string> {
  const { body } = await person.call('POST', '/rooms/create', { name: 'Algebra', ...room })
  return createRoomResponseSchema.parse(body).roomId
}

async function join(person: Person, roomId: string, more: object = {}): Promise<number> {
  const { status } = await person.call('POST', `/rooms/${roomId}/join`, {
    connectionId: randomUUID(),
    ...more,
  })
  return status
}

interface RequestOptions extends RequestInit {
  readonly headers?: Readonly<Record<string, string>>
}

function request(path: string, init: RequestOptions, person = ada): Promise<Response> {
  return fetch(`${backend.url}/functions/v1/api${path}`, {
    ...init,
    headers: { apikey: backend.publishableKey, authorization: `Bearer ${person.token}`, ...init.headers },
  })
}

const errorCode = (body: unknown): string =>
  z.object({ error: z.object({ code: z.string() }) }).parse(body).error.code

describe('a room of one’s own', () => {
  test('is opened once, however often the attempt is repeated', async () => {
    const key = randomUUID()
    const create = async (): Promise<unknown> => {
      const response = await request('/rooms/create', {
        method: 'POST',
        headers: { 'idempotency-key': key },
        body: JSON.stringify({ name: 'Once' }),
      })
      expect(response.status).toBe(201)
      return await response.json()
    }
    const first = await create()
    expect(await create()).toEqual(first)
    const wrong = await request('/rooms/create', {
      method: 'POST',
      headers: { 'idempotency-key': 'again' },
      body: JSON.stringify({ name: 'Once' }),
    })
    expect(wrong.status).toBe(400)
  })

  test('is changed by its creator alone, and can be closed', async () => {
    const roomId = await createRoom(ada)
    const changed = await ada.call('PATCH', `/rooms/${roomId}/settings`, {
      name: 'Geometry',
      tags: ['shapes'],
      settings: { allowChat: false },
    })
    expect(changed.status).toBe(200)
    expect(roomResponseSchema.parse(changed.body).room).toMatchObject({
      name: 'Geometry',
      tags: ['shapes'],
      settings: { allowChat: false, allowVideo: true },
    })
    const refused = await ben.call('PATCH', `/rooms/${roomId}/settings`, { name: 'Mine' })
    expect([refused.status, errorCode(refused.body)]).toEqual([403, 'not_creator'])
    expect((await ada.call('PATCH', `/rooms/${roomId}/settings`, {})).status).toBe(400)
    expect((await ben.call('DELETE', `/rooms/${roomId}`)).status).toBe(403)
    expect((await ada.call('DELETE', `/rooms/${roomId}`)).status).toBe(204)
    expect(await join(ben, roomId)).toBe(410)
  })

  test('lets people in by an invite until that is revoked', async () => {
    const roomId = await createRoom(ada, { privacy: 'private' })
    const made = await ada.call('POST', `/rooms/${roomId}/invites`, {})
    expect(made.status).toBe(201)
    const invite = createInviteResponseSchema.parse(made.body)
    expect(parseInviteLink(invite.link)).toEqual({ roomId, inviteCode: invite.code })
    const found = await ben.call('POST', '/invites/find', { code: invite.code })
    expect(findInviteResponseSchema.parse(found.body)).toEqual({ roomId })
    expect(await join(ben, roomId)).toBe(404)
    expect(await join(ben, roomId, { inviteCode: invite.code })).toBe(200)
    const listed = await ada.call('GET', `/rooms/${roomId}/invites`)
    expect(invitesResponseSchema.parse(listed.body).invites).toMatchObject([
      { id: invite.id, usedCount: 1, createdBy: { userId: ada.userId, displayName: 'Ada' } },
    ])
    for (const named of [invite.code, invite.id]) {
      expect((await ada.call('DELETE', `/rooms/${roomId}/invites/${named}`)).status).toBe(204)
    }
    const eve = await signUp(backend, 'Eve')
    expect(await join(eve, roomId, { inviteCode: invite.code })).toBe(404)
    const gone = await eve.call('POST', '/invites/find', { code: invite.code })
    expect(gone).toEqual(await eve.call('POST', '/invites/find', { code: 'neverWasThereAtAll0000' }))
    expect([gone.status, errorCode(gone.body)]).toEqual([404, 'room_unavailable'])
  })

  test('ends all its invites at once', async () => {
    const roomId = await createRoom(ada, { privacy: 'private' })
    const invite = async (): Promise<string> => {
      const { body } = await ada.call('POST', `/rooms/${roomId}/invites`, {})
      return createInviteResponseSchema.parse(body).code
    }
    const codes = [await invite(), await invite()]
    expect(await join(ben, roomId, { inviteCode: codes[0] })).toBe(200)
    expect((await ben.call('DELETE', `/rooms/${roomId}/invites`)).status).toBe(403)
    for (let time = 0; time < 2; time++) {
      expect((await ada.call('DELETE', `/rooms/${roomId}/invites`)).status).toBe(204)
    }
    const { body } = await ada.call('GET', `/rooms/${roomId}/invites`)
    expect(invitesResponseSchema.parse(body).invites).toEqual([])
    const fay = await signUp(backend, 'Fay')
    for (const inviteCode of codes) expect(await join(fay, roomId, { inviteCode })).toBe(404)
    expect(await join(ben, roomId)).toBe(200)
  })

  test('has members, whose memberships its creator ends', async () => {
    const roomId = await createRoom(ada, { privacy: 'private', password: 'open sesame' })
    expect(await join(ben, roomId, { password: 'open sesame' })).toBe(200)
    const members = async (): Promise<readonly string[]> => {
      const { body } = await ada.call('GET', `/rooms/${roomId}/members`)
      return membersResponseSchema.parse(body).members.map(({ displayName }) => displayName)
    }
    expect(await members()).toEqual(['Ben'])
    expect((await ben.call('GET', `/rooms/${roomId}/members`)).status).toBe(403)
    const membership = `/rooms/${roomId}/members/${ben.userId}`
    expect((await ben.call('DELETE', membership)).status).toBe(403)
    expect((await ada.call('DELETE', membership)).status).toBe(204)
    expect(await members()).toEqual([])
    expect((await ben.call('GET', `/rooms/${roomId}/participants`)).status).toBe(403)
    const again = await ada.call('DELETE', membership)
    expect([again.status, errorCode(again.body)]).toEqual([404, 'not_found'])
    expect(await join(ben, roomId)).toBe(404)
    expect(await join(ben, roomId, { password: 'open sesame' })).toBe(200)
  })

  test('is moderated, locked and handed over by its creator', async () => {
    const roomId = await createRoom(ada)
    expect([await join(ada, roomId), await join(ben, roomId)]).toEqual([200, 200])
    const about = (id: string): string => `/rooms/${roomId}/participants/${id}`
    expect((await ben.call('POST', `${about(ada.userId)}/mute`)).status).toBe(403)
    expect((await ada.call('POST', `${about(ben.userId)}/mute`)).status).toBe(204)
    const nobody = await ada.call('POST', `${about(randomUUID())}/mute`)
    expect([nobody.status, errorCode(nobody.body)]).toEqual([404, 'not_found'])
    expect((await ada.call('POST', `${about(ben.userId)}/ban`)).status).toBe(204)
    const bans = bansResponseSchema.parse((await ada.call('GET', `/rooms/${roomId}/bans`)).body).bans
    expect(bans).toMatchObject([{ userId: ben.userId, expiresAt: null }])
    expect(await join(ben, roomId)).toBe(404)
    expect((await ada.call('DELETE', `${about(ben.userId)}/ban`)).status).toBe(204)

    const locked = await ada.call('PUT', `/rooms/${roomId}/lock`, { isLocked: true })
    expect(roomResponseSchema.parse(locked.body).room.isLocked).toBe(true)
    expect(await join(ben, roomId)).toBe(409)
    await ada.call('PUT', `/rooms/${roomId}/lock`, { isLocked: false })
    expect(await join(ben, roomId)).toBe(200)
    const handed = await ada.call('POST', `/rooms/${roomId}/transfer`, { userId: ben.userId })
    expect(roomResponseSchema.parse(handed.body).room.creatorId).toBe(ben.userId)
    expect((await ben.call('POST', `${about(ada.userId)}/remove`)).status).toBe(204)
  })
})

describe('around rooms', () => {
  test('common tags are there as soon as a room has them', async () => {
    await createRoom(ada, { tags: ['commontag'] })
    const { body } = await ben.call('GET', '/rooms/tags')
    expect(commonTagsResponseSchema.parse(body).tags.map(({ tag }) => tag)).toContain('commontag')
  })

  test('ICE servers are for whoever is signed in', async () => {
    const { body } = await ada.call('GET', '/ice-servers')
    expect(iceServersResponseSchema.parse(body).iceServers).toEqual([{ urls: ['stun:stun.test:3478'] }])
    const stranger = await request('/ice-servers', { headers: { authorization: 'Bearer no.such.token' } })
    expect(stranger.status).toBe(401)
  })

  test('whether there is a media server is for whoever is signed in', async () => {
    const { body } = await ada.call('GET', '/media-server')
    expect(mediaServerResponseSchema.parse(body)).toEqual({ mediaServer: 'none' })
    const stranger = await request('/media-server', { headers: { authorization: 'Bearer no.such.token' } })
    expect(stranger.status).toBe(401)
  })

  test('the connection is tested both ways, and not without end', async () => {
    const down = await request('/bandwidth?bytes=3000000', {})
    expect(down.headers.get('cache-control')).toContain('no-store')
    expect((await down.arrayBuffer()).byteLength).toBe(3_000_000)
    const up = await request('/bandwidth', { method: 'POST', body: new Uint8Array(3_000_000) })
    expect(bandwidthResponseSchema.parse(await up.json()).bytes).toBe(3_000_000)
    const much = await request('/bandwidth', { method: 'POST', body: new Uint8Array(8 * 1024 * 1024 + 1) })
    expect(much.status).toBe(413)
    expect((await request('/bandwidth?bytes=8388609', {})).status).toBe(400)
    const stranger = await request('/bandwidth?bytes=1', {
      headers: { authorization: 'Bearer no.such.token' },
    })
    expect(stranger.status).toBe(401)
    await sql`update private.limits set max_count = 1 where action = 'test_bandwidth'`
    const often = await request('/bandwidth?bytes=1', {})
    expect(often.status).toBe(429)
    expect(Number(often.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  test('an address that exists says which methods it knows', async () => {
    const response = await request('/rooms/list', { method: 'PUT' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET'])
  })
})
