import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { collect, createInbox, subscribed } from './testing/channelProbes.ts'
import { joinFrame, joinRaw as join, openRaw, type RawConnection } from './testing/rawConnection.ts'
import { publishableKey, startRealtime, type RealtimeFixture } from './testing/realtimeFixture.ts'

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
