import type {
  MediaArrival,
  MediaPath,
  MediaRoutesPort,
} from '../../../src/renderer/core/ports/mediaRoutes.ts'

/** Paths on which something arrives when a test says so. */
export interface FakeMediaRoutes extends MediaRoutesPort {
  /** Who is seen and heard, and by which path. */
  readonly shown: Map<string, MediaPath>
  /** Each change of that, as `name:path`. */
  readonly changes: string[]
  arrive(connectionId: string, path: MediaPath, ...kinds: readonly MediaArrival['kind'][]): void
}

export function createFakeMediaRoutes(): FakeMediaRoutes {
  const listeners = new Set<(arrival: MediaArrival) => void>()
  const shown = new Map<string, MediaPath>()
  const changes: string[] = []
  return {
    shown,
    changes,
    show(connectionId, path) {
      changes.push(`${connectionId}:${path ?? 'none'}`)
      if (path === null) shown.delete(connectionId)
      else shown.set(connectionId, path)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    arrive(connectionId, path, ...kinds) {
      for (const kind of kinds) {
        for (const listener of listeners) listener({ connectionId, path, kind, isArriving: true })
      }
    },
  }
}
