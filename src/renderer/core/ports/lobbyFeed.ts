import type { RoomSummary } from '../../../shared/domain/room.ts'

/** `live` after each (re)subscription: whatever was missed before must be read again from the API. */
export type FeedStatus = 'connecting' | 'live' | 'reconnecting'

export interface LobbyFeedHandlers {
  handleStatus(status: FeedStatus): void
  handleRoomChanged(room: RoomSummary): void
  handleRoomRemoved(roomId: string): void
}

/** Live changes of the public rooms. */
export interface LobbyFeedPort {
  /** Subscribes; the answer ends it. */
  open(handlers: LobbyFeedHandlers): () => void
}
