import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { TokenVerifier } from 'livekit-server-sdk'
import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { mediaTokenResponseSchema } from '../../../../src/shared/api/media.ts'
import { createRoomResponseSchema, joinRoomResponseSchema } from '../../../../src/shared/api/rooms.ts'
import { startTestBackend, type TestBackend } from '../../../../test/support/backend.ts'
import { listenOnFreePort } from '../../../../test/support/listenOnFreePort.ts'
import { signUp, type Person } from '../../../tests/support/person.ts'

const secret = 'a secret of at least thirty-two characters'
const verifier = new TokenVerifier('key', secret)
let mediaServer: Server
let isMediaServerWell = true
let mediaUrl: string
let backend: TestBackend
let sql: Sql
let people: readonly { readonly person: Person; readonly connectionId: string }[]
let stranger: Person

beforeAll(async () => {
  mediaServer = createServer((_request, response) => {
    response.writeHead(isMediaServerWell ? 200 : 503, { connection: 'close' }).end('OK')
  })
  mediaUrl = (await listenOnFreePort(mediaServer)).replace(/^http/, 'ws').replace(/\/$/, '')
  backend = await startTestBackend({
    environment: {
      STUDYHALL_LIVEKIT_URL: mediaUrl,
      STUDYHALL_LIVEKIT_KEY: 'key',
      STUDYHALL_LIVEKIT_SECRET: secret,
    },
  })
  sql = postgres(backend.databaseUrl, { max: 1, onnotice: () => {} })
  await sql`update private.config set has_sfu = true`
  const persons = await Promise.all(['Ada', 'Ben', 'Cyd', 'Dan', 'Eve'].map((name) => signUp(backend, name)))
  people = persons.map((person) => ({ person, connectionId: randomUUID() }))
  stranger = await signUp(backend, 'Fay')
})

afterAll(async () => {
  await sql.end()
  await backend.stop()
  mediaServer.close()
})

beforeEach(async () => {
  await sql`delete from private.permits`
})

async function createRoom(): Promise<string> {
  const created = await people[0]?.person.call('POST', '/rooms/create', { name: 'Many' })
  return createRoomResponseSchema.parse(created?.body).roomId
}

/** The answers of the first `count` people, one after another. */
async function join(roomId: string, count: number) {
  const answers = []
  for (const { person, connectionId } of people.slice(0, count)) {
    const { body } = await person.call('POST', `/rooms/${roomId}/join`, { connectionId, supportsSfu: true })
    answers.push(joinRoomResponseSchema.parse(body))
  }
  return answers
}

describe('the media server behind the API', () => {
  test('a fifth person takes the room there, and only those inside get tokens', async () => {
    const roomId = await createRoom()
    const answers = await join(roomId, 5)
    expect(answers.map(({ topology, sfu }) => [topology, sfu === null])).toEqual([
      ...Array.from({ length: 4 }, () => ['mesh', true]),
      ['sfu', false],
    ])
    const [ada, , , , eve] = people
    if (!ada || !eve) throw new Error('nobody is there')
    expect(answers[4]?.sfu?.url).toBe(mediaUrl)
    const claims = await verifier.verify(answers[4]?.sfu?.token ?? '')
    expect(claims).toMatchObject({
      sub: eve.connectionId,
      name: 'Eve',
      attributes: { userId: eve.person.userId },
    })
    expect(claims.video).toMatchObject({ room: roomId, canPublishData: false })

    // Those who were in it before ask for theirs.
    const path = `/rooms/${roomId}/media-token`
    const own = await ada.person.call('POST', path, { connectionId: ada.connectionId })
    expect(own.status).toBe(200)
    const { token } = mediaTokenResponseSchema.parse(own.body)
    expect((await verifier.verify(token)).sub).toBe(ada.connectionId)

    const refusals = await Promise.all([
      stranger.call('POST', path, { connectionId: randomUUID() }),
      stranger.call('POST', path, { connectionId: ada.connectionId }),
      eve.person.call('POST', path, { connectionId: ada.connectionId }),
      stranger.call('POST', `/rooms/${randomUUID()}/media-token`, { connectionId: randomUUID() }),
    ])
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({ status: 403, body: { error: { code: 'not_participant' } } })
    }
    expect(await ada.person.call('POST', path, { connectionId: 'x' })).toMatchObject({ status: 400 })

    // What a recording does not have the consent of gets no media, but the person stays in the room.
    await sql`insert into public.recordings (room_id, status, started_at) values (${roomId}, 'recording', now())`
    expect(await eve.person.call('POST', path, { connectionId: eve.connectionId })).toMatchObject({
      status: 409,
      body: { error: { code: 'recording_needs_consent' } },
    })
    expect((await join(roomId, 1))[0]).toMatchObject({ topology: 'sfu', sfu: null })
  })

  test('a mesh has no tokens', async () => {
    const roomId = await createRoom()
    await join(roomId, 1)
    expect(
      await people[0]?.person.call('POST', `/rooms/${roomId}/media-token`, {
        connectionId: people[0].connectionId,
      }),
    ).toMatchObject({ status: 503, body: { error: { code: 'sfu_unavailable' } } })
  })

  test('a media server that has gone refuses tokens, and keeps nobody from joining', async () => {
    const roomId = await createRoom()
    await join(roomId, 4)
    isMediaServerWell = false
    // What it last answered is good for five seconds.
    await expect
      .poll(async () => (await join(roomId, 5))[4]?.sfu, { timeout: 10_000, interval: 500 })
      .toBeNull()
    const eve = people[4]
    expect(
      await eve?.person.call('POST', `/rooms/${roomId}/media-token`, { connectionId: eve.connectionId }),
    ).toMatchObject({ status: 503, body: { error: { code: 'sfu_unavailable' } } })
    isMediaServerWell = true
    expect((await join(roomId, 5))[4]?.sfu?.url).toBe(mediaUrl)
  })
})
