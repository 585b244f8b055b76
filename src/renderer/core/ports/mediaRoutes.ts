import type { MediaState } from '../../../shared/domain/participant.ts'
import type { Topology } from '../../../shared/domain/room.ts'

/** By which way somebody's media comes: directly, or over the media server. */
export type MediaPath = Topology

/** What a track carries. */
export type MediaKind = 'microphone' | 'camera' | 'screen' | 'screenAudio'

/** Something of somebody's has begun to arrive by a path, as a decoded picture or as sound, or has ended there. */
export interface MediaArrival {
  readonly connectionId: string
  readonly path: MediaPath
  readonly kind: MediaKind
  readonly isArriving: boolean
}

/** By which of the paths people are seen and heard. Media may come by both at once; nobody is heard twice. */
export interface MediaRoutesPort {
  /** From now on. Sound is faded over, pictures are swapped. Null: neither seen nor heard. */
  show(connectionId: string, path: MediaPath | null): void
  /** Calls back with each arrival and each end; the answer ends it. */
  subscribe(listener: (arrival: MediaArrival) => void): () => void
}

/** What somebody sends with this media state, as far as it can be waited for: a screen need not have sound. */
export function selectSentKinds(state: MediaState): readonly MediaKind[] {
  return [
    ...(state.isMuted ? [] : (['microphone'] as const)),
    ...(state.isVideoOff ? [] : (['camera'] as const)),
    ...(state.isScreensharing ? (['screen'] as const) : []),
  ]
}
