import type { Perceptions } from '../../core/ports/perception.ts'

/** How loud people are to be, and who sees us, for whatever plays, receives and sends. Change is told, never polled. */
export interface PerceptionBoard {
  set(perceptions: Perceptions): void
  /** 0 to 1; 1 of whom nothing was said. */
  volumeOf(connectionId: string): number
  seesUs(connectionId: string): boolean
  /** Calls back each time something was said; the answer ends it. */
  subscribe(listener: () => void): () => void
}

export function createPerceptionBoard(): PerceptionBoard {
  let current: Perceptions = new Map()
  const listeners = new Set<() => void>()
  return {
    set(perceptions) {
      current = perceptions
      for (const listener of listeners) listener()
    },
    volumeOf: (connectionId) => current.get(connectionId)?.volume ?? 1,
    seesUs: (connectionId) => current.get(connectionId)?.seesUs ?? true,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
