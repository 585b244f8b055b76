import { randomBytes } from 'node:crypto'
import type { HostingReport, HostingRequest } from '../../shared/backend/messages.ts'
import type { BackendConnection } from '../../shared/ipc/contract.ts'
import { buildHostCode } from '../../shared/nearby/hostCode.ts'
import type { CarriedLoad, HostingProblem, HostingState } from '../../shared/nearby/nearbyState.ts'
import type { BackendSwitch } from '../backend/backendSwitch.ts'

/** Registered with nobody; taken so that a firewall's rule holds for the next time. */
const USUAL_PORT = 47_310

/** Hosting for people nearby, as the app's own process sees it. */
export interface Host {
  readonly state: () => HostingState
  readonly start: (hostName: string) => void
  readonly stop: () => void
  readonly dismiss: () => void
  readonly counts: () => Pick<CarriedLoad, 'rooms' | 'people'>
  /** From the backend's process. */
  readonly handleReport: (report: HostingReport) => void
  readonly handleConnection: (connection: BackendConnection) => void
}

const unknownCounts = { rooms: null, people: null } as const

/**
 * Has the backend's process host. It is asked again when that process was started anew, with the same key, so that guests come back by
 * themselves.
 */
export function createHost(deps: {
  readonly backend: Pick<BackendSwitch, 'askHosting' | 'choice'>
  /** `STUDYHALL_NEARBY_PORT`, if it is set. */
  readonly firmPort: number | null
  readonly onChanged: () => void
}): Host {
  const { backend } = deps
  let state: HostingState = { kind: 'off', problem: null }
  let counts: Pick<CarriedLoad, 'rooms' | 'people'> = unknownCounts
  let wanted: HostingRequest | null = null
  /** What was handed to guests when hosting began. */
  let firstCode: string | null = null

  const set = (next: HostingState): void => {
    if (JSON.stringify(next) === JSON.stringify(state)) return
    state = next
    deps.onChanged()
  }
  const end = (problem: HostingProblem | null): void => {
    wanted = null
    firstCode = null
    counts = unknownCounts
    set({ kind: 'off', problem })
  }

  return {
    state: () => state,
    counts: () => counts,
    start: (hostName) => {
      if (wanted !== null) return
      if (backend.choice().kind !== 'embedded') return end('not_embedded')
      const port = deps.firmPort ?? USUAL_PORT
      const key = randomBytes(16).toString('base64url')
      const request = { hostName, key, port, isFirm: deps.firmPort !== null }
      if (!backend.askHosting({ kind: 'host', request })) return end('not_ready')
      wanted = request
      set({ kind: 'starting' })
    },
    stop: () => {
      backend.askHosting({ kind: 'stopHosting' })
      end(null)
    },
    dismiss: () => {
      if (state.kind === 'off') return set({ kind: 'off', problem: null })
      if (state.kind !== 'on') return
      // The person knows of the new code.
      firstCode = state.code
      return set({ ...state, hasMoved: false })
    },
    handleReport: (report) => {
      if (wanted === null) return
      if (report.kind === 'off') {
        if (report.problem !== null) return end(report.problem)
        // The person has turned to another backend, and there is no next process.
        if (backend.choice().kind !== 'embedded') return end('not_embedded')
        // Its process has ended; the next one is asked as soon as it is ready.
        return set({ kind: 'starting' })
      }
      const { addresses, port, fingerprint, guests, rooms, people } = report
      counts = { rooms, people }
      const before = state.kind === 'on' ? state.code : firstCode
      const code =
        addresses.length === 0 && before !== null
          ? before
          : buildHostCode({ addresses, port, fingerprint, key: wanted.key, roomId: null })
      firstCode ??= code
      // The same place again, for the guests who have it.
      wanted = { ...wanted, port }
      set({ kind: 'on', code, hasMoved: code !== firstCode, addresses: [...addresses], port, guests })
    },
    handleConnection: (connection) => {
      if (wanted === null) return
      if (connection.kind === 'failed') return end('failed')
      if (connection.kind === 'ready' && state.kind === 'starting') {
        backend.askHosting({ kind: 'host', request: wanted })
      }
    },
  }
}
