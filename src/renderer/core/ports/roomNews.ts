import type { Message } from '../../../shared/api/messages.ts'
import type { Recording } from '../../../shared/domain/recording.ts'
import type { RoomTimer } from '../../../shared/domain/timer.ts'

/** What the database tells those in a room besides who is there and how media travels. */
export type RoomNews =
  /** Null: it was stopped. */
  | { readonly kind: 'timerChanged'; readonly timer: RoomTimer | null }
  /** A recording, or the request for one. */
  | { readonly kind: 'recordingChanged'; readonly recording: Recording }
  | { readonly kind: 'messageAdded'; readonly message: Message }
  | { readonly kind: 'messageDeleted'; readonly id: string }
  /** Null: they share none any more. */
  | { readonly kind: 'goalChanged'; readonly userId: string; readonly goal: string | null }

/** Where news of the room that one is in can be heard. */
export interface RoomNewsSource {
  /** The answer ends it. */
  subscribeToNews(listener: (news: RoomNews) => void): () => void
}
