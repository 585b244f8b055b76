import { createStore } from 'zustand/vanilla'
import { readPastedCode } from '../../shared/nearby/readPastedCode.ts'
import type { NearbyState } from '../../shared/nearby/nearbyState.ts'
import type { ReadableStore } from '../controllers/contracts.ts'
import type { NearbyPort } from '../core/ports/nearby.ts'

export interface NearbyStore extends Pick<
  NearbyPort,
  'host' | 'stopHosting' | 'carried' | 'join' | 'leave' | 'dismiss'
> {
  readonly store: ReadableStore<NearbyState>
  /** The room that the code of the host one has joined leads to; null when there is none, or it was taken already. */
  takeRoom(): string | null
  dispose(): void
}

/** Follows hosting and visits. */
export function createNearbyStore(port: NearbyPort): NearbyStore {
  const store = createStore<NearbyState>(() => ({
    hosting: { kind: 'off', problem: null },
    guest: { kind: 'none', ended: null },
  }))
  let roomId: string | null = null
  const end = port.watch((state) => store.setState(state, true))
  return {
    store,
    host: (hostName) => port.host(hostName),
    stopHosting: () => port.stopHosting(),
    carried: () => port.carried(),
    async join(code) {
      const outcome = await port.join(code)
      if (outcome === 'joined') roomId = readPastedCode(code)?.roomId ?? null
      return outcome
    },
    takeRoom() {
      const taken = store.getState().guest.kind === 'joined' ? roomId : null
      if (taken !== null) roomId = null
      return taken
    },
    leave: () => port.leave(),
    dismiss: () => port.dismiss(),
    dispose: end,
  }
}
