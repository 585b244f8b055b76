import { expect } from 'vitest'
import type { WebSocket } from 'ws'
import { createInbox, type Inbox } from './channelProbes.ts'

/** A frame as it came off the wire: parsed when it is JSON. */
export type RawFrame = unknown

export interface RawConnection {
  readonly socket: WebSocket
  readonly frames: Inbox<RawFrame>
  /** Resolves with the close code. */
  readonly closed: Promise<number>
  send(frame: unknown): void
}

/** Wraps a socket that opens, for tests that speak the protocol themselves. */
export async function openRaw(socket: WebSocket): Promise<RawConnection> {
  const frames = createInbox<RawFrame>('a raw socket')
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    frames.push(isBinary ? data : (JSON.parse(data.toString()) as unknown))
  })
  const closed = new Promise<number>((resolve) => {
    socket.once('close', (code) => {
      resolve(code)
    })
  })
  socket.on('error', () => undefined)
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  return {
    socket,
    frames,
    closed,
    send(frame) {
      socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame))
    },
  }
}

/** The status with which an upgrade is refused. */
export function refusalOf(socket: WebSocket): Promise<number> {
  return new Promise((resolve, reject) => {
    socket.on('error', () => undefined)
    socket.once('unexpected-response', (_request, response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    socket.once('open', () => {
      reject(new Error('The upgrade was accepted.'))
    })
  })
}

/** A join of the 2.0.0 serialisation. */
export function joinFrame(ref: string, topic: string, config: Record<string, unknown> = {}): unknown {
  return [ref, ref, topic, 'phx_join', { config }]
}

/** Joins with ref 1 and checks the answer. */
export async function joinRaw(
  raw: RawConnection,
  topic: string,
  config: Record<string, unknown> = {},
): Promise<void> {
  raw.send(joinFrame('1', topic, config))
  const response = { postgres_changes: [] }
  expect(await raw.frames.next()).toEqual(['1', '1', topic, 'phx_reply', { status: 'ok', response }])
}
