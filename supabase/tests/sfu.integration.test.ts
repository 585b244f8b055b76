import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dispose } from '@livekit/rtc-node'
import { RoomServiceClient } from 'livekit-server-sdk'
import postgres, { type Sql } from 'postgres'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readLivekitRecord } from '../../src/backend/livekit/orphan.ts'
import { startTestBackend, type TestBackend } from '../../test/support/backend.ts'
import { livekitProgram, withoutLivekit } from '../../test/support/livekit.ts'
import { signUp } from './support/person.ts'
import { connectSfuClient, type SfuClient } from './support/sfuClient.ts'
import { askForMedia, openSfuRoom, type Guest } from './support/sfuScene.ts'

const patience = { timeout: 40_000, interval: 20 }
/** What somebody who was removed may hear of two people before being put out again: two seconds, in frames of 10 ms. */
const MOST_FRAMES_HEARD = 400

describe('a real LiveKit server that follows the database', { timeout: 120_000 }, () => {
  let backend: TestBackend
  let sql: Sql
  const clients: SfuClient[] = []

  beforeAll(async () => {
    if (livekitProgram === null) return
    backend = await startTestBackend({
      livekit: 'auto',
      environment: { STUDYHALL_LIVEKIT_SERVER: livekitProgram },
    })
    sql = postgres(backend.databaseUrl, { max: 1, onnotice: () => {} })
    await sql`update private.config set mesh_capacity = 2`
  })

  beforeEach(async ({ skip }) => {
    skip(livekitProgram === null, withoutLivekit)
    await waitForSfu()
    await sql`delete from private.permits`
    await sql`update private.config set sfu_watch_interval = '10 seconds'`
  })

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()))
  })

  afterAll(async () => {
    if (livekitProgram === null) return
    await dispose()
    await sql.end()
    await backend.stop()
  })

  async function waitForSfu(): Promise<void> {
    await expect
      .poll(async () => (await sql`select has_sfu from private.config`)[0]?.['has_sfu'], patience)
      .toBe(true)
  }

  async function openRoom(settings: object = {}) {
    const scene = await openSfuRoom(backend, settings)
    clients.push(scene.ada.client, scene.ben.client, scene.cyd.client)
    return scene
  }

  /** Waits until somebody hears somebody else from now on. */
  async function expectHearing(listener: Guest, speaker: Guest): Promise<void> {
    const before = listener.client.framesFrom(speaker.connectionId, 'microphone')
    await expect
      .poll(() => listener.client.framesFrom(speaker.connectionId, 'microphone'), patience)
      .toBeGreaterThan(before + 10)
  }

  /** Connects with a token from before; waits until that is over, and answers how much was heard. */
  async function comeBack(guest: Guest): Promise<number> {
    const client = await connectSfuClient(guest.media).catch(() => null)
    // Put out before its media were connected: libwebrtc waits 15 seconds for them and gives up.
    if (client === null) return 0
    clients.push(client)
    await expect.poll(() => client.isConnected(), patience).toBe(false)
    return client.framesReceived()
  }

  test('puts out who was removed, and whenever they come back, and lets the others go on', async () => {
    // Only LiveKit's word that somebody has come is left to put them out again.
    await sql`update private.config set sfu_watch_interval = '1 hour'`
    const { roomId, ada, ben, cyd } = await openRoom()
    await Promise.all([expectHearing(ada, ben), expectHearing(ben, ada), expectHearing(cyd, ben)])

    expect(
      await ada.person.call('POST', `/rooms/${roomId}/participants/${ben.person.userId}/remove`),
    ).toMatchObject({ status: 204 })
    await expect.poll(() => ben.client.isConnected(), patience).toBe(false)
    expect(await askForMedia(ben.person, roomId, ben.connectionId)).toMatchObject({ status: 403 })

    // The token itself is good for minutes.
    for (let attempt = 1; attempt <= 3; attempt += 1)
      expect(await comeBack(ben)).toBeLessThan(MOST_FRAMES_HEARD)
    await expect.poll(() => ada.client.sourcesOf(ben.connectionId), patience).toEqual([])
    await Promise.all([expectHearing(ada, cyd), expectHearing(cyd, ada)])
    expect([ada.client.isConnected(), cyd.client.isConnected()]).toEqual([true, true])
  })

  test('finds who has come back without a word of LiveKit’s, too', async () => {
    await sql`update private.config set sfu_watch_interval = '1 second'`
    const { roomId, ben } = await openRoom()
    await ben.person.call('POST', `/rooms/${roomId}/leave`, { connectionId: ben.connectionId })
    await expect.poll(() => ben.client.isConnected(), patience).toBe(false)
    // Whatever LiveKit says is lost.
    await sql`alter function private.note_sfu_arrival(uuid, text) rename to note_nothing`
    try {
      await comeBack(ben)
    } finally {
      await sql`alter function private.note_nothing(uuid, text) rename to note_sfu_arrival`
    }
  })

  test('loses no removal while it does not answer', async () => {
    const { roomId, ada, ben } = await openRoom()
    const pid = (await readLivekitRecord(join(backend.dataDir, 'livekit.pid')))?.pid ?? 0
    process.kill(pid, 'SIGSTOP')
    try {
      await ada.person.call('POST', `/rooms/${roomId}/participants/${ben.person.userId}/remove`)
      await expect
        .poll(
          async () =>
            (await sql`select failures from private.sfu_rooms where room_id = ${roomId}`)[0]?.['failures'],
          patience,
        )
        .toBeGreaterThan(0)
      expect(ben.client.disconnectedAtMs()).toBeNull()
    } finally {
      process.kill(pid, 'SIGCONT')
    }
    await expect.poll(() => ben.client.isConnected(), patience).toBe(false)
    await expect
      .poll(
        async () =>
          (await sql`select failures from private.sfu_rooms where room_id = ${roomId}`)[0]?.['failures'],
        patience,
      )
      .toBe(0)
  })

  test('gives a token the rights of its own room, and of no other', async () => {
    const { roomId, ada, ben } = await openRoom({ allowScreenshare: false })
    const other = await openRoom()
    expect(await askForMedia(ben.person, other.roomId, ben.connectionId)).toMatchObject({ status: 403 })
    const asBen = new RoomServiceClient(ben.media.url.replace(/^ws/, 'http'), undefined, undefined, {
      token: ben.media.token,
    })
    for (const room of [roomId, other.roomId])
      await expect(asBen.listParticipants(room)).rejects.toMatchObject({ status: 401 })
    // LiveKit's address takes the name of a room: the token's is the one that counts.
    const astray = await connectSfuClient({ ...ben.media, url: `${ben.media.url}?room=${other.roomId}` })
    clients.push(astray)
    await astray.openMicrophone()
    await expect.poll(() => astray.framesReceived(), patience).toBeGreaterThan(10)
    expect(astray.sourcesOf(other.ada.connectionId)).toEqual([])
    expect(other.ada.client.sourcesOf(ben.connectionId)).toEqual([])

    await expect(astray.publishVideo('screen_share')).rejects.toThrow('track publication timed out')
    await astray.publishVideo('camera')
    await expect
      .poll(() => ada.client.sourcesOf(ben.connectionId), patience)
      .toEqual(['camera', 'microphone'])
  })

  test('follows the settings of a room, and its creator’s mute', async () => {
    const { roomId, ada, ben, cyd } = await openRoom()
    await ben.client.publishVideo('camera')
    await ben.client.publishVideo('screen_share')
    const sourcesOfBen = () => ada.client.sourcesOf(ben.connectionId)
    await expect.poll(sourcesOfBen, patience).toEqual(['camera', 'microphone', 'screen_share'])
    await expect
      .poll(() => ada.client.framesFrom(ben.connectionId, 'screen_share'), patience)
      .toBeGreaterThan(2)

    const change = (settings: object) => ada.person.call('PATCH', `/rooms/${roomId}/settings`, { settings })
    expect((await change({ allowScreenshare: false })).status).toBe(200)
    await expect.poll(sourcesOfBen, patience).toEqual(['camera', 'microphone'])
    expect((await change({ allowVideo: false })).status).toBe(200)
    await expect.poll(sourcesOfBen, patience).toEqual(['microphone'])
    expect((await change({ allowScreenshare: true, allowVideo: true })).status).toBe(200)
    // The right comes back a moment after the answer.
    await expect
      .poll(
        async () =>
          (
            await sql`select version = seen_version as is_seen from private.sfu_rooms where room_id = ${roomId}`
          )[0]?.['is_seen'],
        patience,
      )
      .toBe(true)
    await cyd.client.publishVideo('camera')
    await expect
      .poll(() => ada.client.sourcesOf(cyd.connectionId), patience)
      .toEqual(['camera', 'microphone'])

    await expectHearing(ada, ben)
    await ada.person.call('POST', `/rooms/${roomId}/participants/${ben.person.userId}/mute`)
    await expect.poll(() => ada.client.hasMuted(ben.connectionId), patience).toBe(true)
    expect(ada.client.hasMuted(cyd.connectionId)).toBe(false)
    await expectHearing(ada, cyd)
  })

  test('has a room no more that has closed, and not by an old token either', async () => {
    const { roomId, ada, ben } = await openRoom()
    const settings = z
      .object({ keys: z.record(z.string(), z.string()) })
      .parse(await readLivekitSettings(backend.dataDir))
    const [keys] = Object.entries(settings.keys)
    const admin = new RoomServiceClient(ben.media.url.replace(/^ws/, 'http'), ...(keys ?? []))
    expect(await admin.listRooms([roomId])).toHaveLength(1)
    expect(await ada.person.call('DELETE', `/rooms/${roomId}`)).toMatchObject({ status: 204 })
    await expect
      .poll(() => [ada, ben].map(({ client }) => client.isConnected()), patience)
      .toEqual([false, false])
    await expect.poll(() => admin.listRooms([roomId]), patience).toEqual([])
    await comeBack(ben)
    await expect.poll(() => admin.listRooms([roomId]), patience).toEqual([])
  })

  test('refuses tokens while it is gone, and gives them again when it is back', async () => {
    const { roomId, ada } = await openRoom()
    // Or it would come back by itself as the same person, and one of the two would be put out.
    await ada.client.close()
    const pid = (await readLivekitRecord(join(backend.dataDir, 'livekit.pid')))?.pid ?? 0
    process.kill(pid, 'SIGKILL')
    const dan = await signUp(backend, 'Dan')
    const ask = async (): Promise<number> => (await askForMedia(ada.person, roomId, ada.connectionId)).status
    await expect.poll(ask, patience).toBe(503)
    expect(
      (await ada.person.call('POST', `/rooms/${roomId}/media-token`, { connectionId: ada.connectionId }))
        .body,
    ).toMatchObject({ error: { code: 'sfu_unavailable' } })
    expect((await askForMedia(dan, roomId, ada.connectionId)).status).toBe(403)
    await expect.poll(ask, patience).toBe(200)
    const { media } = await askForMedia(ada.person, roomId, ada.connectionId)
    if (media === null) throw new Error('no token')
    const again = await connectSfuClient(media)
    clients.push(again)
    expect(again.isConnected()).toBe(true)
  })

  test('is swept by nobody but the service, and believes nobody but LiveKit', async () => {
    const { ada } = await openRoom()
    expect((await ada.person.call('POST', '/sfu/sweep')).status).toBe(401)
    expect((await ada.person.call('POST', '/sfu/events', { event: 'participant_joined' })).status).toBe(401)
    const swept = await fetch(`${backend.url}/functions/v1/api/sfu/sweep`, {
      method: 'POST',
      headers: { apikey: backend.secretKey },
    })
    expect(await swept.json()).toMatchObject({ failed: 0 })
  })
})

async function readLivekitSettings(dataDir: string): Promise<unknown> {
  return JSON.parse(await readFile(join(dataDir, 'livekit.json'), 'utf8'))
}
