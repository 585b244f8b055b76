import type { MediaKind } from '../../core/ports/mediaRoutes.ts'
import type { TrackBoard } from './tracks.ts'

/** The lines of a direct connection. */
type LineKind = 'audio' | 'video' | 'screen' | 'screenAudio'

const kinds: Readonly<Record<LineKind, MediaKind>> = {
  audio: 'microphone',
  video: 'camera',
  screen: 'screen',
  screenAudio: 'screenAudio',
}
const lines = ['audio', 'video', 'screen', 'screenAudio'] as const satisfies readonly LineKind[]

/** What a connection receives by; an older app at the other end has no lines for screens. */
type Received = Readonly<
  Record<'audio' | 'video', RTCRtpReceiver> & Partial<Record<'screen' | 'screenAudio', RTCRtpReceiver>>
>

/** The board as direct connections see it: what they send, and where they put what arrives. */
export interface MeshTracks {
  readonly tracks: {
    current(kind: LineKind): MediaStreamTrack | null
    subscribe(listener: (kind: LineKind) => void): () => void
  }
  readonly sink: {
    set(connectionId: string, received: Received): void
    remove(connectionId: string, received: Received): void
  }
}

export function createMeshTracks(board: TrackBoard): MeshTracks {
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
          if (receiver === undefined) continue
          const { track } = receiver
          board.setRemote(
            { connectionId, path: 'mesh', kind: kinds[line] },
            { track, receiver, attach: null },
          )
        }
      },
      remove(connectionId, received) {
        for (const line of lines) {
          const receiver = received[line]
          if (receiver === undefined) continue
          board.removeRemote({ connectionId, path: 'mesh', kind: kinds[line] }, receiver.track)
        }
      },
    },
  }
}
