import type { MediaKind } from '../../core/ports/mediaRoutes.ts'
import type { TrackBoard } from './tracks.ts'

/** A direct connection has one line for sound and one for pictures. */
type LineKind = 'audio' | 'video'

const kinds: Readonly<Record<LineKind, MediaKind>> = { audio: 'microphone', video: 'camera' }

/** The board as direct connections see it: what they send, and where they put what arrives. */
export interface MeshTracks {
  readonly tracks: {
    current(kind: LineKind): MediaStreamTrack | null
    subscribe(listener: (kind: LineKind) => void): () => void
  }
  readonly sink: {
    set(connectionId: string, received: Readonly<Record<LineKind, RTCRtpReceiver>>): void
    remove(connectionId: string, received: Readonly<Record<LineKind, RTCRtpReceiver>>): void
  }
}

export function createMeshTracks(board: TrackBoard): MeshTracks {
  const lines = ['audio', 'video'] as const
  return {
    tracks: {
      current: (line) => board.current(kinds[line]),
      subscribe: (listener) =>
        board.subscribe((kind) => {
          for (const line of lines) if (kinds[line] === kind) listener(line)
        }),
    },
    sink: {
      set(connectionId, received) {
        for (const line of lines) {
          const receiver = received[line]
          const { track } = receiver
          board.setRemote(
            { connectionId, path: 'mesh', kind: kinds[line] },
            { track, receiver, attach: null },
          )
        }
      },
      remove(connectionId, received) {
        for (const line of lines) {
          board.removeRemote({ connectionId, path: 'mesh', kind: kinds[line] }, received[line].track)
        }
      },
    },
  }
}
