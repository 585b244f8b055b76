import type { MediaState } from '../../../shared/domain/participant.ts'
import type { Room, Topology } from '../../../shared/domain/room.ts'
import type { RoomsFailure } from '../ports/rooms.ts'

/** How the media link to one person is. `reconnecting` after it once worked. */
export type LinkState = 'waiting' | 'connecting' | 'connected' | 'reconnecting' | 'failed'

/** Somebody else in the room, as a tile shows them. */
export interface PersonSnapshot {
  readonly userId: string
  readonly connectionId: string
  readonly displayName: string
  readonly mediaState: MediaState
  readonly link: LinkState
  readonly path: 'mesh' | 'sfu'
}

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
      readonly self: { readonly userId: string; readonly connectionId: string; readonly displayName: string }
      /** In the order of joining. */
      readonly others: readonly PersonSnapshot[]
      /** Signaling; media goes on while it is `reconnecting`. */
      readonly signaling: 'connecting' | 'joined' | 'reconnecting'
      /** `sfu`: the others meet on a media server, where this app cannot follow yet. */
      readonly topology: Topology
      /** The room's creator has closed our microphone, and we have not opened it again. */
      readonly isMutedByCreator: boolean
    }
  | { readonly kind: 'ended'; readonly roomId: string; readonly roomName: string; readonly reason: CallEnd }
