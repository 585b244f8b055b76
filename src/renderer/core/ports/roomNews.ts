import type { Admission } from '../../../shared/domain/admission.ts'
import type { Message } from '../../../shared/api/messages.ts'
import type { Reaction } from '../../../shared/domain/reaction.ts'
import type { Recording } from '../../../shared/domain/recording.ts'
import type { RoomTimer } from '../../../shared/domain/timer.ts'

/** What those in a room are told besides who is there and how media travels: by the database, and reactions by the others. */
export type RoomNews =
  /** Null: it was stopped. */
  | { readonly kind: 'timerChanged'; readonly timer: RoomTimer | null }
  /** A recording, or the request for one. */
  | { readonly kind: 'recordingChanged'; readonly recording: Recording }
  | { readonly kind: 'messageAdded'; readonly message: Message }
  | { readonly kind: 'messageDeleted'; readonly id: string }
  /** Null: they share none any more. */
  | { readonly kind: 'goalChanged'; readonly userId: string; readonly goal: string | null }
  /** Null: initials from now on. */
  | { readonly kind: 'avatarChanged'; readonly userId: string; readonly avatar: string | null }
  /** ISO 8601, by the database's clock; null: it is down. */
  | { readonly kind: 'handChanged'; readonly userId: string; readonly raisedAt: string | null }
  | { readonly kind: 'admissionsChanged'; readonly admissions: readonly Admission[] }
  | { readonly kind: 'reactionReceived'; readonly connectionId: string; readonly reaction: Reaction }

/** Where news of the room that one is in can be heard. */
export interface RoomNewsSource {
  /** The answer ends it. */
  subscribeToNews(listener: (news: RoomNews) => void): () => void
}
