import type { Participant } from '../../../shared/domain/participant.ts'
import type { Room, Topology } from '../../../shared/domain/room.ts'
import type {
  LeaveReason,
  MediaPathMessage,
  MediaStateMessage,
  ReactionMessage,
  RoomPresence,
  SignalMessage,
  VideoWishesMessage,
} from '../../../shared/realtime/roomEvents.ts'
import type { RoomNews } from './roomNews.ts'

/** `joined` after each (re)subscription; `refused`: the server denies this topic to us, we are no participant (any more). */
export type ChannelStatus = 'connecting' | 'joined' | 'reconnecting' | 'refused'

export interface RoomChannelHandlers {
  handleStatus(status: ChannelStatus): void
  /** Only messages addressed to our connection. */
  handleSignal(message: SignalMessage): void
  handleMediaState(message: MediaStateMessage): void
  handleMediaPath(message: MediaPathMessage): void
  handleVideoWishes(message: VideoWishesMessage): void
  handleParticipantJoined(participant: Participant): void
  handleParticipantLeft(left: { userId: string; connectionId: string; reason: LeaveReason }): void
  handleRoomClosed(): void
  handleRoomChanged(room: Room): void
  /** The topic to go on at. */
  handleChannelMoved(topic: string): void
  handleTopologyChanged(change: { topology: Topology; epoch: number }): void
  handleNews(news: RoomNews): void
  handleMutedByCreator(connectionId: string): void
  /** Everybody who listens at the moment, ourselves included, after each presence change. */
  handlePresence(present: readonly RoomPresence[]): void
}

/** An open room channel. Sends are in order and at most once; nothing is sent before `joined`. */
export interface RoomChannel {
  sendSignal(message: SignalMessage): void
  sendMediaState(message: MediaStateMessage): void
  sendMediaPath(message: MediaPathMessage): void
  sendVideoWishes(message: VideoWishesMessage): void
  sendReaction(message: ReactionMessage): void
  /** Leaves the topic and stops all handlers. */
  close(): void
}

/** The room's Realtime topic: signaling, presence, media state. */
export interface RoomChannelPort {
  open(topic: string, self: RoomPresence, handlers: RoomChannelHandlers): RoomChannel
  /** Begins a new connection at once, whatever the one before thinks of itself. Channels that are open come over to it. */
  reconnect(): void
  /** Does so if the connection does not answer within a second. */
  check(): void
}
