import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { openRealtimeSocket } from './realtimeSocket.ts'

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

const heartbeatMs = 5_000
const stampSchema = z.object({ sentAtMs: z.number() })

/** Connects, joins, tracks; resolves when the room has agreed. */
export async function createPerson(seat: {
  readonly port: number
  readonly apiKey: string
  readonly token: string
  readonly room: string
}): Promise<Person> {
  const timers: NodeJS.Timeout[] = []
  const measured: Record<'broadcast' | 'presence' | 'heartbeat' | 'database', number[]> = {
    broadcast: [],
    presence: [],
    heartbeat: [],
    database: [],
  }
  const socket = await openRealtimeSocket(
    { ...seat, topic: seat.room, presenceKey: randomUUID() },
    {
      handleBroadcast(event, payload, arrivedAtMs) {
        const list = measured[event === 'from-database' ? 'database' : 'broadcast']
        list.push(arrivedAtMs - stampSchema.parse(payload).sentAtMs)
      },
      handlePresenceJoin(meta, arrivedAtMs) {
        measured.presence.push(arrivedAtMs - stampSchema.parse(meta).sentAtMs)
      },
      handleHeartbeat: (roundTripMs) => measured.heartbeat.push(roundTripMs),
    },
  )

  function track(): void {
    socket.track({ sentAtMs: performance.now(), displayName: 'Somebody', connectionId: randomUUID() })
  }

  function broadcast(): void {
    const mediaState = { isMuted: true, isVideoOff: false, isScreensharing: false }
    socket.broadcast('media-state', { sentAtMs: performance.now(), ...mediaState })
  }

  function every(intervalMs: number, act: () => void): void {
    const first = setTimeout(() => {
      act()
      timers.push(setInterval(act, intervalMs))
    }, Math.random() * intervalMs)
    timers.push(first)
  }

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
      every(heartbeatMs, () => socket.sendHeartbeat())
    },
    close() {
      for (const timer of timers) clearTimeout(timer)
      socket.close()
    },
  }
}
