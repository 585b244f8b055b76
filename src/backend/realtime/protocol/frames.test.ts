import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { officialSerializer as official, type OfficialMessage } from '../testing/officialClient.ts'
import { decodeFrame } from './decodeFrame.ts'
import { encodeBroadcast, encodeMessage, encodePush } from './encodeFrame.ts'
import type { Broadcast, ClientFrame } from './messages.ts'

function encodeOfficially(message: OfficialMessage): { data: Buffer; isBinary: boolean } {
  let result: { data: Buffer; isBinary: boolean } | null = null
  official.encode(message, (encoded) => {
    result =
      typeof encoded === 'string'
        ? { data: Buffer.from(encoded), isBinary: false }
        : { data: Buffer.from(encoded), isBinary: true }
  })
  if (result === null) throw new Error('The client encoded nothing.')
  return result
}

function decodeOfficially(frame: { data: Buffer; binary: boolean }): OfficialMessage {
  let result: OfficialMessage | null = null
  const { data } = frame
  const bytes = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer
  official.decode(frame.binary ? bytes : data.toString(), (message) => (result = message))
  if (result === null) throw new Error('The client decoded nothing.')
  return result
}

function decoded(frame: ReturnType<typeof decodeFrame>): ClientFrame {
  if (!frame.ok) throw new Error(frame.error.message)
  return frame.value
}

const unicode = (maxLength: number) => fc.string({ unit: 'binary', maxLength })
const shortText = unicode(60).filter((text) => Buffer.byteLength(text) <= 255 && !/\p{Surrogate}/u.test(text))
const ref = fc.option(fc.integer({ min: 1, max: 1e6 }).map(String))
const jsonObject = fc.dictionary(unicode(8), fc.jsonValue({ maxDepth: 3 })).map(
  // What JSON itself cannot carry (minus zero, lone surrogates) is not the codec's concern.
  (value) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>,
)

describe('frames of 2.0.0', () => {
  test('from the official client are read as they were meant', () => {
    fc.assert(
      fc.property(
        ref,
        ref,
        shortText,
        shortText,
        jsonObject,
        (joinRef, messageRef, topic, event, payload) => {
          fc.pre(event !== 'broadcast')
          const encoded = encodeOfficially({ join_ref: joinRef, ref: messageRef, topic, event, payload })
          expect(decoded(decodeFrame('2.0.0', encoded.data, encoded.isBinary))).toEqual({
            kind: 'message',
            joinRef,
            ref: messageRef,
            topic,
            event,
            payload,
          })
        },
      ),
    )
  })

  test('carry a broadcast from one official client to another unchanged', () => {
    fc.assert(
      fc.property(shortText, shortText, jsonObject, (topic, event, payload) => {
        const message = { topic, event: 'broadcast', payload: { type: 'broadcast', event, payload } }
        const encoded = encodeOfficially({ join_ref: '1', ref: '2', ...message })
        expect(encoded.isBinary).toBe(true)
        const frame = decoded(decodeFrame('2.0.0', encoded.data, true))
        if (frame.kind !== 'broadcast') throw new Error('Not a broadcast.')
        const delivered = encodeBroadcast('2.0.0', topic, frame.broadcast)
        if (delivered === null) throw new Error('Not delivered.')
        expect(decodeOfficially(delivered)).toMatchObject(message)
        const toOld = encodeBroadcast('1.0.0', topic, frame.broadcast)
        expect(JSON.parse(toOld?.data.toString() ?? '')).toEqual({ ...message, ref: null })
      }),
    )
  })

  test('carry bytes unchanged, and 1.0.0 cannot', () => {
    fc.assert(
      fc.property(shortText, shortText, fc.uint8Array(), (topic, event, bytes) => {
        const payload = { type: 'broadcast', event, payload: new Uint8Array(bytes).buffer }
        const encoded = encodeOfficially({ topic, event: 'broadcast', payload })
        const frame = decoded(decodeFrame('2.0.0', encoded.data, true))
        if (frame.kind !== 'broadcast') throw new Error('Not a broadcast.')
        expect(frame.payloadBytes).toBe(bytes.length)
        const delivered = encodeBroadcast('2.0.0', topic, frame.broadcast)
        if (delivered === null) throw new Error('Not delivered.')
        expect(new Uint8Array(decodeOfficially(delivered).payload['payload'] as ArrayBuffer)).toEqual(
          new Uint8Array(bytes),
        )
        expect(encodeBroadcast('1.0.0', topic, frame.broadcast)).toBeNull()
      }),
    )
  })

  test('fall back to JSON when a name is too long for a binary header', () => {
    const broadcast: Broadcast = {
      kind: 'event',
      event: 'e'.repeat(300),
      encoding: 'json',
      data: Buffer.from('{"n":1}'),
      meta: { id: 'x' },
    }
    const frame = encodeBroadcast('2.0.0', 'realtime:t', broadcast)
    expect(frame?.binary).toBe(false)
    expect(JSON.parse(frame?.data.toString() ?? '')).toEqual([
      null,
      null,
      'realtime:t',
      'broadcast',
      { type: 'broadcast', event: broadcast.event, payload: { n: 1 }, meta: { id: 'x' } },
    ])
  })
})

describe('frames of either version', () => {
  const message = { joinRef: '1', ref: '2', topic: 't "q"', event: 'phx_reply', payload: { status: 'ok' } }

  test('are arrays or objects', () => {
    expect(JSON.parse(encodeMessage('2.0.0', message).data.toString())).toEqual([
      '1',
      '2',
      't "q"',
      'phx_reply',
      { status: 'ok' },
    ])
    expect(JSON.parse(encodeMessage('1.0.0', message).data.toString())).toEqual({
      topic: 't "q"',
      event: 'phx_reply',
      payload: { status: 'ok' },
      ref: '2',
    })
    expect(JSON.parse(encodePush('2.0.0', 't', 'presence_diff', '{"a":1}').data.toString())).toEqual([
      null,
      null,
      't',
      'presence_diff',
      { a: 1 },
    ])
  })

  test('never make the reader throw, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.boolean(),
        fc.constantFrom('1.0.0' as const, '2.0.0' as const),
        (bytes, isBinary, version) => {
          const data = Buffer.from(isBinary ? [3, ...bytes] : bytes)
          expect(typeof decodeFrame(version, data, isBinary).ok).toBe('boolean')
        },
      ),
      { numRuns: 500 },
    )
  })
})
