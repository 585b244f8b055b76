import { randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'

/** One person on a websocket of their own, measuring what arrives. */
export interface Person {
  readonly broadcastLatenciesMs: readonly number[]
  readonly presenceLatenciesMs: readonly number[]
  readonly heartbeatLatenciesMs: readonly number[]
  readonly databaseLatenciesMs: readonly number[]
  clearMeasurements(): void
  startActing(pace: { readonly broadcastMs: number; readonly presenceMs: number }): void
  close(): void
}

interface Seat {
  readonly port: number
  readonly apiKey: string
  readonly token: string
  readonly room: string
}

type TextFrame = readonly [
  joinRef: string | null,
  ref: string | null,
  topic: string,
  event: string,
  payload: {
    readonly joins?: Readonly<Record<string, { readonly metas: readonly { readonly sentAtMs: number }[] }>>
  },
]

const heartbeatMs = 5_000
const broadcastKind = 4

/** Connects, joins, tracks; resolves when the room has agreed. */
export async function createPerson(seat: Seat): Promise<Person> {
  const socket = new WebSocket(
    `ws://127.0.0.1:${seat.port}/realtime/v1/websocket?vsn=2.0.0&apikey=${seat.apiKey}`,
    { perMessageDeflate: false },
  )
  const topic = `realtime:${seat.room}`
  const timers: NodeJS.Timeout[] = []
  const measured = { broadcast: [], presence: [], heartbeat: [], database: [] } as Record<
    'broadcast' | 'presence' | 'heartbeat' | 'database',
    number[]
  >
  const heartbeats = new Map<string, number>()
  let ref = 1
  let joined: () => void = () => undefined

  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    const arrivedAtMs = performance.now()
    if (isBinary) {
      handleBroadcast(data, arrivedAtMs)
      return
    }
    const message: TextFrame = JSON.parse(data.toString())
    const [, messageRef, , event, payload] = message
    if (event === 'presence_diff') {
      for (const { metas } of Object.values(payload.joins ?? {})) {
        for (const { sentAtMs } of metas) measured.presence.push(arrivedAtMs - sentAtMs)
      }
    } else if (event === 'phx_reply' && messageRef === '1') joined()
    else if (event === 'phx_reply' && messageRef !== null) {
      const sentAtMs = heartbeats.get(messageRef)
      heartbeats.delete(messageRef)
      if (sentAtMs !== undefined) measured.heartbeat.push(arrivedAtMs - sentAtMs)
    }
  })

  function handleBroadcast(data: Buffer, arrivedAtMs: number): void {
    if (data[0] !== broadcastKind) return
    const eventStart = 5 + (data[1] ?? 0)
    const metaStart = eventStart + (data[2] ?? 0)
    const event = data.toString('utf8', eventStart, metaStart)
    const payload: { sentAtMs: number } = JSON.parse(data.toString('utf8', metaStart + (data[3] ?? 0)))
    const { sentAtMs } = payload
    measured[event === 'from-database' ? 'database' : 'broadcast'].push(arrivedAtMs - sentAtMs)
  }

  function send(event: string, payload: unknown, to = topic): string {
    ref += 1
    socket.send(JSON.stringify(['1', String(ref), to, event, payload]))
    return String(ref)
  }

  function track(): void {
    send('presence', {
      type: 'presence',
      event: 'track',
      payload: { sentAtMs: performance.now(), displayName: 'Somebody', connectionId: randomUUID() },
    })
  }

  /** The binary push of a 2.0.0 client. */
  function broadcast(): void {
    const mediaState = {
      sentAtMs: performance.now(),
      isMuted: true,
      isVideoOff: false,
      isScreensharing: false,
    }
    const [joinRef, topicBytes, event] = [Buffer.from('1'), Buffer.from(topic), Buffer.from('media-state')]
    const header = Buffer.from([3, joinRef.length, 0, topicBytes.length, event.length, 0, 1])
    socket.send(Buffer.concat([header, joinRef, topicBytes, event, Buffer.from(JSON.stringify(mediaState))]))
  }

  function every(intervalMs: number, act: () => void): void {
    const first = setTimeout(() => {
      act()
      timers.push(setInterval(act, intervalMs))
    }, Math.random() * intervalMs)
    timers.push(first)
  }

  const agreed = new Promise<void>((resolve) => (joined = resolve))
  const config = {
    private: true,
    broadcast: { self: false, ack: false },
    presence: { key: randomUUID(), enabled: true },
  }
  socket.send(JSON.stringify(['1', '1', topic, 'phx_join', { config, access_token: seat.token }]))
  await agreed
  track()

  return {
    broadcastLatenciesMs: measured.broadcast,
    presenceLatenciesMs: measured.presence,
    heartbeatLatenciesMs: measured.heartbeat,
    databaseLatenciesMs: measured.database,
    clearMeasurements() {
      for (const list of Object.values(measured)) list.length = 0
    },
    startActing(pace) {
      every(pace.broadcastMs, broadcast)
      every(pace.presenceMs, track)
      every(heartbeatMs, () => {
        const sentAtMs = performance.now()
        heartbeats.set(send('heartbeat', {}, 'phoenix'), sentAtMs)
      })
    },
    close() {
      for (const timer of timers) clearTimeout(timer)
      socket.terminate()
    },
  }
}
