import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { collect, subscribed } from './testing/channelProbes.ts'
import {
  joinFrame,
  joinRaw as join,
  openRaw,
  refusalOf,
  type RawConnection,
} from './testing/rawConnection.ts'
import { publishableKey, signToken, startRealtime, type RealtimeFixture } from './testing/realtimeFixture.ts'

let realtime: RealtimeFixture

beforeAll(async () => {
  realtime = await startRealtime({ maxConnections: 40 })
})

afterAll(async () => {
  await realtime.stop()
})

async function open(vsn = '2.0.0'): Promise<RawConnection> {
  return openRaw(realtime.rawSocket({ vsn }))
}

describe('the wire', () => {
  test('of 2.0.0 is arrays', async () => {
    const raw = await open()
    const topic = `realtime:${randomUUID()}`
    raw.send([null, '1', 'phoenix', 'heartbeat', {}])
    expect(await raw.frames.next()).toEqual([
      null,
      '1',
      'phoenix',
      'phx_reply',
      { status: 'ok', response: {} },
    ])
    raw.send(['2', '2', topic, 'phx_join', { config: { presence: { enabled: true } } }])
    expect(await raw.frames.next()).toEqual([
      '2',
      '2',
      topic,
      'phx_reply',
      { status: 'ok', response: { postgres_changes: [] } },
    ])
    expect(await raw.frames.next()).toEqual([null, null, topic, 'presence_state', {}])
    raw.send(['2', '3', topic, 'phx_leave', {}])
    expect(await raw.frames.next()).toEqual(['2', '3', topic, 'phx_reply', { status: 'ok', response: {} }])
    expect(await raw.frames.next()).toEqual(['2', '2', topic, 'phx_close', {}])
    raw.socket.close()
  })

  test('of 1.0.0 is objects', async () => {
    const raw = await open('1.0.0')
    const topic = `realtime:${randomUUID()}`
    raw.send({ topic: 'phoenix', event: 'heartbeat', payload: {}, ref: '1' })
    expect(await raw.frames.next()).toEqual({
      topic: 'phoenix',
      event: 'phx_reply',
      payload: { status: 'ok', response: {} },
      ref: '1',
    })
    raw.send({ topic, event: 'phx_join', payload: {}, ref: '2' })
    expect(await raw.frames.next()).toMatchObject({ event: 'phx_reply', ref: '2', payload: { status: 'ok' } })
    raw.send({ topic, event: 'phx_leave', payload: {}, ref: '3' })
    expect(await raw.frames.next()).toMatchObject({ event: 'phx_reply', ref: '3', payload: { status: 'ok' } })
    expect(await raw.frames.next()).toMatchObject({ event: 'phx_close', ref: '2' })
    raw.socket.close()
  })

  test('without a version is 1.0.0, and of another version is refused', async () => {
    const base = `ws://127.0.0.1:${realtime.port}/realtime/v1/websocket?apikey=${publishableKey}`
    const raw = await openRaw(new WebSocket(base))
    raw.send({ topic: 'phoenix', event: 'heartbeat', payload: {}, ref: '1' })
    expect(await raw.frames.next()).toMatchObject({ ref: '1' })
    raw.socket.close()
    expect(await refusalOf(realtime.rawSocket({ vsn: '3.0.0' }))).toBe(400)
  })
})

describe('who may connect', () => {
  test.each([
    ['no key', null],
    ['an unknown key', 'sb_publishable_other'],
    ['nonsense', 'a.b.c'],
  ])('not one with %s', async (_name, apiKey) => {
    expect(await refusalOf(realtime.rawSocket({ apiKey }))).toBe(401)
  })

  test('not one whose token has expired, but one with a valid token', async () => {
    expect(await refusalOf(realtime.rawSocket({ apiKey: await signToken(randomUUID(), -5) }))).toBe(401)
    const raw = await openRaw(realtime.rawSocket({ apiKey: await signToken(randomUUID()) }))
    raw.socket.close()
  })

  test('nobody on another path', async () => {
    expect(
      await refusalOf(new WebSocket(`ws://127.0.0.1:${realtime.port}/elsewhere?apikey=${publishableKey}`)),
    ).toBe(404)
  })

  test('not one more than the limit', async () => {
    const sockets: RawConnection[] = []
    let refused = 0
    for (let n = 0; n < 41; n += 1) {
      const socket = realtime.rawSocket()
      const opened = openRaw(socket).catch(() => null)
      const connection = await opened
      if (connection === null) refused += 1
      else sockets.push(connection)
    }
    expect(refused).toBeGreaterThan(0)
    for (const { socket } of sockets) socket.close()
    await Promise.all(sockets.map(({ closed }) => closed))
  })
})

describe('topics', () => {
  test.each([
    ['outside realtime', 'elsewhere', 'unmatched topic'],
    ['without a name', 'realtime:', 'TopicNameRequired: You must provide a topic name'],
    [
      'that are too long',
      `realtime:${'x'.repeat(250)}`,
      'TopicNameTooLong: The topic is longer than the protocol allows',
    ],
  ])('%s cannot be joined', async (_name, topic, reason) => {
    const raw = await open()
    raw.send(joinFrame('1', topic))
    expect(await raw.frames.next()).toEqual([
      '1',
      '1',
      topic,
      'phx_reply',
      { status: 'error', response: { reason } },
    ])
    raw.socket.close()
  })

  test('that were not joined answer an error, and leaving them is fine', async () => {
    const raw = await open()
    raw.send([null, '1', 'realtime:x', 'broadcast', { event: 'e', payload: {} }])
    expect(await raw.frames.next()).toMatchObject([
      null,
      '1',
      'realtime:x',
      'phx_reply',
      { status: 'error', response: { reason: 'unmatched topic' } },
    ])
    raw.send([null, '2', 'realtime:x', 'phx_leave', {}])
    expect(await raw.frames.next()).toMatchObject([null, '2', 'realtime:x', 'phx_reply', { status: 'ok' }])
    raw.send([null, '3', 'phoenix', 'something', {}])
    expect(await raw.frames.next()).toMatchObject([null, '3', 'phoenix', 'phx_reply', { status: 'error' }])
    raw.socket.close()
  })

  test('ignore events that nobody knows and payloads of the wrong shape', async () => {
    const raw = await open()
    const topic = `realtime:${randomUUID()}`
    await join(raw, topic, { broadcast: 'yes', presence: 7, postgres_changes: 'all', private: 'no' })
    raw.send(['1', '2', topic, 'unheard_of', {}])
    raw.send(['1', '3', topic, 'access_token', { access_token: 5 }])
    raw.send(['1', '4', topic, 'presence', 'text'])
    expect(await raw.frames.next()).toMatchObject(['1', '4', topic, 'phx_reply', { status: 'ok' }])
    raw.send(['1', '5', topic, 'presence', { event: 'track', payload: 'text' }])
    expect(await raw.frames.next()).toMatchObject([
      '1',
      '5',
      topic,
      'phx_reply',
      { status: 'error', response: { reason: 'Presence track payload must be a map' } },
    ])
    raw.send(['1', '6', topic, 'presence', { event: 'dance' }])
    expect(await raw.frames.next()).toMatchObject(['1', '6', topic, 'phx_reply', { status: 'error' }])
    raw.socket.close()
  })

  test('joined again on one socket close the older join', async () => {
    const raw = await open()
    const topic = `realtime:${randomUUID()}`
    await join(raw, topic)
    raw.send(joinFrame('9', topic))
    expect(await raw.frames.next()).toEqual(['1', '1', topic, 'phx_close', {}])
    expect(await raw.frames.next()).toMatchObject(['9', '9', topic, 'phx_reply', { status: 'ok' }])
    raw.socket.close()
  })
})

describe('a server that stops', () => {
  test('says so with 1001, and the official client comes back by itself', async () => {
    const client = await realtime.client()
    const channel = client.channel(randomUUID(), { config: { broadcast: { self: true } } })
    const inbox = collect(channel, 'x')
    const statuses = await subscribed(channel)
    const raw = await open()
    await realtime.restartServer()
    expect(await raw.closed).toBe(1001)
    await statuses.nextWhere(({ status }) => status === 'SUBSCRIBED')
    await channel.send({ type: 'broadcast', event: 'x', payload: { n: 1 } })
    expect(await inbox.next()).toMatchObject({ payload: { n: 1 } })
  })
})
