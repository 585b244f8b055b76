import type { MediaState, Participant } from '../../src/shared/domain/participant.ts'
import type {
  LeaveReason,
  MediaStateMessage,
  RoomPresence,
  SignalMessage,
  VideoWishesMessage,
} from '../../src/shared/realtime/roomEvents.ts'

/** What one page says to all others. */
export type HubBroadcast =
  | { readonly kind: 'signal'; readonly message: SignalMessage }
  | { readonly kind: 'mediaState'; readonly message: MediaStateMessage }
  | { readonly kind: 'videoWishes'; readonly message: VideoWishesMessage }

/** What a page asks of the hub. */
export type HubRequest =
  | {
      readonly kind: 'join'
      readonly userId: string
      readonly displayName: string
      readonly connectionId: string
    }
  | { readonly kind: 'leave'; readonly connectionId: string }
  | { readonly kind: 'participants' }
  | { readonly kind: 'setMedia'; readonly connectionId: string; readonly mediaState: MediaState }
  | { readonly kind: 'listen'; readonly connectionId: string }
  | { readonly kind: 'broadcast'; readonly message: HubBroadcast }

/** What the hub says to a page. */
export type HubPush =
  | HubBroadcast
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'presence'; readonly present: readonly RoomPresence[] }
  | { readonly kind: 'participantJoined'; readonly participant: Participant }
  | {
      readonly kind: 'participantLeft'
      readonly userId: string
      readonly connectionId: string
      readonly reason: LeaveReason
    }
