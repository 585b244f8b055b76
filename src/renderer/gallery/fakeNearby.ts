import { createStore } from 'zustand/vanilla'
import type { JoinOutcome, NearbyState } from '../../shared/nearby/nearbyState.ts'
import type { NearbyStore } from '../stores/nearbyStore.ts'

/** A host's code that leads nowhere. */
export const hostCode = '192.168.1.7:47310~mC0v7Vw0L3l2m1h9Qd5xGk8yYtZ3a6b4c2d1e0f9g8A~Zm9vYmFyYmF6cXV4LV9hYg'

/** Hosting and visits with fixed answers. */
export function fakeNearby(
  state: Partial<NearbyState> = {},
  outcome: JoinOutcome = 'unreachable',
): NearbyStore {
  return {
    store: createStore<NearbyState>(() => ({
      hosting: { kind: 'off', problem: null },
      guest: { kind: 'none', ended: null },
      ...state,
    })),
    host: () => undefined,
    stopHosting: () => undefined,
    carried: () => Promise.resolve({ rooms: 2, people: 5, cpuPercent: 34, sentBitsPerSecond: 4_120_000 }),
    join: () => Promise.resolve(outcome),
    takeRoom: () => null,
    leave: () => undefined,
    dismiss: () => undefined,
    dispose: () => undefined,
  }
}
