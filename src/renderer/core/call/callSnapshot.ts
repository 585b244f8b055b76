import type { MediaState } from '../../../shared/domain/participant.ts'
import type { Room } from '../../../shared/domain/room.ts'
import type { MediaPath } from '../ports/mediaRoutes.ts'
import type { RoomsFailure } from '../ports/rooms.ts'

/** How the media link to one person is. `reconnecting` after it once worked. */
export type LinkState = 'waiting' | 'connecting' | 'connected' | 'reconnecting' | 'failed'

/** Somebody else in the room, as a tile shows them. */
export interface PersonSnapshot {
  readonly userId: string
  readonly connectionId: string
  readonly displayName: string
  /** The name of their picture, as `readAvatar` reads it; null: initials. */
  readonly avatar: string | null
  readonly mediaState: MediaState
  readonly link: LinkState
  /** By which they are seen and heard. */
  readonly path: MediaPath
  /** What they mean to do, where they show it. */
  readonly goal: string | null
  /** Since when their hand is up: ISO 8601, of one clock for everybody; null: it is down. */
  readonly handRaisedAt: string | null
}

/**
 * The media server, for a room that needs it. `connecting` for the first time; `reconnecting`: it was lost; `unreachable`: not
 * found at several tries, which go on; `needsConsent`: a recording runs to which we have not agreed.
 */
export type MediaServerState =
  'notNeeded' | 'connecting' | 'connected' | 'reconnecting' | 'unreachable' | 'needsConsent'

/**
 * Why a call that was live is over. `replaced`: we joined from elsewhere. `shutOut`: the room no longer lets us in, and does
 * not say why. `lost`: it could not be mended.
 */
export type CallEnd = 'left' | 'replaced' | 'expired' | 'removed' | 'shutOut' | 'roomClosed' | 'lost'

/** The call as screens see it. Serialisable; tracks stay in adapters and reach elements through `MediaSink`. */
export type CallSnapshot =
  | { readonly kind: 'idle' }
  | { readonly kind: 'joining'; readonly roomId: string }
  | { readonly kind: 'refused'; readonly roomId: string; readonly failure: RoomsFailure }
  | {
      readonly kind: 'live'
      readonly room: Room
      readonly self: {
        readonly userId: string
        readonly connectionId: string
        readonly displayName: string
        readonly handRaisedAt: string | null
      }
      /** In the order of joining. */
      readonly others: readonly PersonSnapshot[]
      /** Signaling; media goes on while it is `reconnecting`. */
      readonly signaling: 'connecting' | 'joined' | 'reconnecting'
      readonly mediaServer: MediaServerState
      /** The room's creator has closed our microphone, and we have not opened it again. */
      readonly isMutedByCreator: boolean
    }
  | { readonly kind: 'ended'; readonly roomId: string; readonly roomName: string; readonly reason: CallEnd }
