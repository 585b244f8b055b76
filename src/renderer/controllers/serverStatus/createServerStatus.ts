import { createStore } from 'zustand/vanilla'
import type { ServerReading, ServerStatusPort } from '../../core/ports/serverStatus.ts'
import type { ReadableStore } from '../contracts.ts'

/** Readings as they come; `asking` until then. Serialisable. */
export interface ServerStatusSnapshot {
  readonly mediaServer: ServerReading | 'asking'
  readonly relay: ServerReading | 'asking'
}

/** How the servers do that help calls. Asked when somebody wants to know, and not before. */
export interface ServerStatusController {
  readonly store: ReadableStore<ServerStatusSnapshot>
  /** Asks anew; of several times under way only the latest counts. Never rejects. */
  check(): Promise<void>
}

export function createServerStatus(port: ServerStatusPort): ServerStatusController {
  const store = createStore<ServerStatusSnapshot>(() => ({ mediaServer: 'asking', relay: 'asking' }))
  let latest = 0
  return {
    store,
    async check() {
      latest += 1
      const asked = latest
      const show = (change: Partial<ServerStatusSnapshot>) => {
        if (asked === latest) store.setState(change)
      }
      show({ mediaServer: 'asking', relay: 'asking' })
      await Promise.all([
        port.mediaServer().then((mediaServer) => show({ mediaServer })),
        port.relay().then((relay) => show({ relay })),
      ])
    },
  }
}
