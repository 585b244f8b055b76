import type { MediaKind } from '../../core/ports/mediaRoutes.ts'
import type { MediaGate } from '../../core/ports/mediaGate.ts'
import type { LocalTracks, TrackBoard } from './tracks.ts'

const kinds: readonly MediaKind[] = ['microphone', 'camera', 'screen', 'screenAudio']

/** The board as whatever sends sees it: with the gate closed, there is nothing of ours. One's own picture is not asked here. */
export interface TrackGate extends MediaGate {
  readonly board: TrackBoard
}

/**
 * SECURITY: closed from the start, so that nothing goes out before the room has said that it may. What sends asks here alone, and so
 * cannot pass by it.
 */
export function createTrackGate(board: TrackBoard): TrackGate {
  const trackListeners = new Set<(kind: MediaKind) => void>()
  const listeners = new Set<() => void>()
  let isClosed = true
  const outgoing: LocalTracks = {
    current: (kind) => (isClosed ? null : board.current(kind)),
    isEnabled: (track) => board.isEnabled(track),
    subscribe(listener) {
      trackListeners.add(listener)
      const end = board.subscribe(listener)
      return () => {
        trackListeners.delete(listener)
        end()
      }
    },
  }
  return {
    board: { ...board, ...outgoing },
    isClosed: () => isClosed,
    setClosed(next) {
      if (isClosed === next) return
      isClosed = next
      for (const kind of kinds) for (const listener of trackListeners) listener(kind)
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
