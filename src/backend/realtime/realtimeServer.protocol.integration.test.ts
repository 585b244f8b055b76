import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { WebSocket } from 'ws'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { collect, createInbox, subscribed } from './testing/channelProbes.ts'
import { openRaw, refusalOf, type RawConnection } from './testing/rawConnection.ts'
import { publishableKey, signToken, startRealtime, type RealtimeFixture } from './testing/realtimeFixture.ts'

let realtime: RealtimeFixture

beforeAll(async () => {
  realtime = await startRealtime({
    maxConnections: 40,
    maxChannelsPerConnection: 5,
    maxFrameBytes: 20_000,
    joinsPerSecond: 1,
    joinBurst: 10,
    broadcastsPerSecond: 1,
    broadcastBurst: 20,
    framesPerSecond: 1,
    frameBurst: 100,
    malformedFramesBeforeClose: 5,
    pingIntervalMs: 50,
    deadAfterMs: 600,
    heartbeatTimeoutMs: 2_000,
    maxBufferedBytes: 1_000_000,
  })
})

afterAll(async () => {
  await realtime.stop()
})

async function open(vsn = '2.0.0'): Promise<RawConnection> {
  return openRaw(realtime.rawSocket({ vsn }))
}

function joinFrame(ref: string, topic: string, config: Record<string, unknown> = {}) {
  return [ref, ref, topic, 'phx_join', { config }]
}

async function join(raw: RawConnection, topic: string, config: Record<string, unknown> = {}): Promise<void> {
  raw.send(joinFrame('1', topic, config))
  expect(await raw.frames.next()).toEqual([
    '1',
    '1',
    topic,
    'phx_reply',
    { status: 'ok', response: { postgres_changes: [] } },
  ])
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

const garbage: readonly [string, string | Buffer][] = [
  ['text that is not JSON', '{nope'],
  ['an object where an array belongs', '{"topic":"x"}'],
  ['a short array', '[1,2]'],
  ['fields of the wrong type', '[null,null,7,{},[]]'],
  ['nothing', ''],
  ['no bytes', Buffer.alloc(0)],
  ['an unknown kind of bytes', Buffer.from([9, 1, 2, 3])],
  ['a header that promises more than there is', Buffer.from([3, 255, 255, 255, 255, 255, 1])],
  ['a payload that is called JSON and is not', Buffer.from([3, 0, 0, 1, 1, 0, 1, 120, 121, 123])],
  ['a topic that is not UTF-8', Buffer.from([3, 0, 0, 1, 1, 0, 0, 255, 121])],
  ['deep nesting', '['.repeat(9_000)],
]

describe('what cannot be read', () => {
  test.each(garbage)('%s is ignored', async (_name, frame) => {
    const raw = await open()
    raw.send(frame)
    raw.send([null, '1', 'phoenix', 'heartbeat', {}])
    expect(await raw.frames.next()).toEqual([
      null,
      '1',
      'phoenix',
      'phx_reply',
      { status: 'ok', response: {} },
    ])
    raw.socket.close()
  })

  test('again and again closes the socket, and no other', async () => {
    const [bad, good] = await Promise.all([open(), open()])
    for (const [, frame] of garbage) bad.send(frame)
    expect(await bad.closed).toBe(1002)
    good.send([null, '1', 'phoenix', 'heartbeat', {}])
    expect(await good.frames.next()).toEqual([
      null,
      '1',
      'phoenix',
      'phx_reply',
      { status: 'ok', response: {} },
    ])
    good.socket.close()
  })

  test('because it is too large closes the socket with 1009', async () => {
    const raw = await open()
    raw.send(JSON.stringify([null, '1', 'phoenix', 'heartbeat', { x: 'x'.repeat(21_000) }]))
    expect(await raw.closed).toBe(1009)
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

describe('floods', () => {
  test('of channels are refused one by one', async () => {
    const raw = await open()
    for (let n = 0; n < 5; n += 1) raw.send(joinFrame(String(n), `realtime:many-${n}`))
    raw.send(joinFrame('6', 'realtime:many-6'))
    const refused = await raw.frames.nextWhere((frame) => (frame as unknown[])[1] === '6')
    expect(refused).toMatchObject([
      '6',
      '6',
      'realtime:many-6',
      'phx_reply',
      { response: { reason: 'ChannelRateLimitReached: Too many channels' } },
    ])
    raw.socket.close()
  })

  test('of joins end the socket', async () => {
    const raw = await open()
    for (let n = 0; n < 11; n += 1) raw.send(joinFrame(String(n), 'realtime:again'))
    expect(await raw.closed).toBe(1008)
    expect(raw.frames.received).toContainEqual([
      '10',
      '10',
      'realtime:again',
      'phx_reply',
      { status: 'error', response: { reason: 'ClientJoinRateLimitReached: Too many joins per second' } },
    ])
  })

  test('of broadcasts close the channel, in words, and disturb nobody else', async () => {
    const raw = await open()
    const subTopic = randomUUID()
    const topic = `realtime:${subTopic}`
    const client = await realtime.client()
    const watching = client.channel(subTopic)
    const inbox = collect(watching, 'e')
    await subscribed(watching)
    await join(raw, topic)
    for (let n = 0; n < 21; n += 1)
      raw.send(['1', null, topic, 'broadcast', { type: 'broadcast', event: 'e', payload: { n } }])
    expect(await raw.frames.next()).toEqual([
      '1',
      null,
      topic,
      'system',
      { extension: 'system', status: 'error', message: 'Too many messages per second', channel: subTopic },
    ])
    expect(await raw.frames.next()).toEqual(['1', '1', topic, 'phx_close', {}])
    await inbox.nextWhere((message) => (message['payload'] as { n: number }).n === 19)
    expect(inbox.received).toHaveLength(20)
    raw.socket.close()
  })

  test('of frames end the socket', async () => {
    const raw = await open()
    for (let n = 0; n < 101; n += 1) raw.send([null, String(n), 'phoenix', 'heartbeat', {}])
    expect(await raw.closed).toBe(1008)
  })
})

describe('sockets that are gone without a word', () => {
  test('are noticed by their silence, and their presence ends', async () => {
    const topic = randomUUID()
    const client = await realtime.client()
    const watching = client.channel(topic, { config: { presence: { key: 'watcher' } } })
    const seen = createInbox<string[]>('presence')
    watching.on('presence', { event: 'sync' }, () => {
      seen.push(Object.keys(watching.presenceState()))
    })
    await subscribed(watching)
    const ghost = await openRaw(
      new WebSocket(
        `ws://127.0.0.1:${realtime.port}/realtime/v1/websocket?vsn=2.0.0&apikey=${publishableKey}`,
        {
          autoPong: false,
        },
      ),
    )
    await join(ghost, `realtime:${topic}`, { presence: { key: 'ghost' } })
    ghost.send(['1', '2', `realtime:${topic}`, 'presence', { event: 'track', payload: {} }])
    await seen.nextWhere((keys) => keys.includes('ghost'))
    expect(await ghost.closed).toBe(1006)
    await seen.nextWhere((keys) => !keys.includes('ghost'))
  })

  test('or that answer pings but never heartbeat are closed', async () => {
    const raw = await open()
    expect(await raw.closed).toBe(1008)
  })

  test('or that do not read are ended before they cost memory, and others go on', async () => {
    const topic = `realtime:${randomUUID()}`
    const stuck = connect(realtime.port, '127.0.0.1')
    stuck.write(
      [
        `GET /realtime/v1/websocket?vsn=2.0.0&apikey=${publishableKey} HTTP/1.1`,
        'Host: localhost',
        'Upgrade: websocket',
        'Connection: Upgrade',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        '\r\n',
      ].join('\r\n'),
    )
    await new Promise((resolve) => stuck.once('data', resolve))
    const joinText = Buffer.from(JSON.stringify(joinFrame('1', topic)))
    // A masked text frame with a mask of zeros.
    stuck.write(Buffer.concat([Buffer.from([0x81, 0x80 | joinText.length, 0, 0, 0, 0]), joinText]))
    await new Promise((resolve) => stuck.once('data', resolve))
    const stuckClosed = new Promise((resolve) => stuck.once('close', resolve))
    stuck.on('error', () => undefined)
    stuck.pause()

    const reading = await open()
    await join(reading, topic)
    const subTopic = topic.slice('realtime:'.length)
    const text = 'x'.repeat(200_000)
    const isEnded = () => realtime.logEntries.some(({ message }) => message.includes('reads too slowly'))
    // Until more has been sent than the sockets of the system hold.
    for (let n = 0; n < 200 && !isEnded(); n += 1) {
      const answer = await fetch(`${realtime.url}/realtime/v1/api/broadcast`, {
        method: 'POST',
        headers: { apikey: publishableKey, 'content-type': 'application/json' },
        body: JSON.stringify({ messages: [{ topic: subTopic, event: 'e', payload: { n, text } }] }),
      })
      expect(answer.status).toBe(202)
      await reading.frames.next()
    }
    expect(isEnded()).toBe(true)
    stuck.resume()
    await stuckClosed
    reading.socket.close()
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
