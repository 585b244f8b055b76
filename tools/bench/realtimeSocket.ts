import { WebSocket } from 'ws'
import { z } from 'zod'

/** Where to connect, and as whom. */
export interface Seat {
  readonly port: number
  readonly apiKey: string
  readonly token: string
  /** The private channel. */
  readonly topic: string
  /** The person's key in presence. */
  readonly presenceKey: string
}

export interface RealtimeSocketHandlers {
  /** A broadcast of somebody else, or of the database. */
  handleBroadcast(event: string, payload: unknown, arrivedAtMs: number): void
  /** Everybody who appears in the channel's presence, oneself included. */
  handlePresenceJoin?(meta: unknown, arrivedAtMs: number): void
  /** The answer to a heartbeat. */
  handleHeartbeat?(roundTripMs: number): void
}

/** One person's websocket, in the channel; speaks Realtime's protocol 2.0.0 with nothing in between. */
export interface RealtimeSocket {
  track(payload: object): void
  broadcast(event: string, payload: object): void
  sendHeartbeat(): void
  close(): void
}

const textFrameSchema = z.tuple([
  z.string().nullable(),
  z.string().nullable(),
  z.string(),
  z.string(),
  z.record(z.string(), z.unknown()),
])
const joinsSchema = z.object({ joins: z.record(z.string(), z.object({ metas: z.array(z.unknown()) })) })
/** The kinds of binary frames: what a client pushes, what the server delivers. */
const [pushKind, broadcastKind] = [3, 4]

/** Connects and joins; resolves when the channel has agreed, rejects when it refuses. */
export async function openRealtimeSocket(
  seat: Seat,
  handlers: RealtimeSocketHandlers,
): Promise<RealtimeSocket> {
  const socket = new WebSocket(
    `ws://127.0.0.1:${seat.port}/realtime/v1/websocket?vsn=2.0.0&apikey=${seat.apiKey}`,
    { perMessageDeflate: false },
  )
  const topic = `realtime:${seat.topic}`
  const heartbeats = new Map<string, number>()
  let ref = 1
  let settleJoin: (status: unknown) => void = () => undefined

  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    const arrivedAtMs = performance.now()
    if (isBinary) readBroadcast(data, arrivedAtMs)
    else readText(data.toString(), arrivedAtMs)
  })

  function readText(text: string, arrivedAtMs: number): void {
    const [, messageRef, , event, payload] = textFrameSchema.parse(JSON.parse(text))
    if (event === 'presence_diff' && handlers.handlePresenceJoin) {
      for (const { metas } of Object.values(joinsSchema.parse(payload).joins)) {
        for (const meta of metas) handlers.handlePresenceJoin(meta, arrivedAtMs)
      }
    } else if (event === 'phx_reply' && messageRef === '1') settleJoin(payload['status'])
    else if (event === 'phx_reply' && messageRef !== null) {
      const sentAtMs = heartbeats.get(messageRef)
      heartbeats.delete(messageRef)
      if (sentAtMs !== undefined) handlers.handleHeartbeat?.(arrivedAtMs - sentAtMs)
    }
  }

  function readBroadcast(data: Buffer, arrivedAtMs: number): void {
    if (data[0] !== broadcastKind) return
    const eventStart = 5 + (data[1] ?? 0)
    const metaStart = eventStart + (data[2] ?? 0)
    const event = data.toString('utf8', eventStart, metaStart)
    const payload: unknown = JSON.parse(data.toString('utf8', metaStart + (data[3] ?? 0)))
    handlers.handleBroadcast(event, payload, arrivedAtMs)
  }

  function send(event: string, payload: unknown, to = topic): string {
    ref += 1
    socket.send(JSON.stringify(['1', String(ref), to, event, payload]))
    return String(ref)
  }

  const status = new Promise((resolve) => (settleJoin = resolve))
  const config = {
    private: true,
    broadcast: { self: false, ack: false },
    presence: { key: seat.presenceKey, enabled: true },
  }
  socket.send(JSON.stringify(['1', '1', topic, 'phx_join', { config, access_token: seat.token }]))
  if ((await status) !== 'ok') {
    socket.terminate()
    throw new Error(`The channel ${seat.topic} refused a person.`)
  }

  return {
    track(payload) {
      send('presence', { type: 'presence', event: 'track', payload })
    },
    broadcast(event, payload) {
      const parts = [Buffer.from('1'), Buffer.from(topic), Buffer.from(event)] as const
      const header = Buffer.from([pushKind, parts[0].length, 0, parts[1].length, parts[2].length, 0, 1])
      socket.send(Buffer.concat([header, ...parts, Buffer.from(JSON.stringify(payload))]))
    },
    sendHeartbeat() {
      const sentAtMs = performance.now()
      heartbeats.set(send('heartbeat', {}, 'phoenix'), sentAtMs)
    },
    close() {
      socket.terminate()
    },
  }
}
