import type { RoomChannelHandlers, RoomChannelPort } from '../../../src/renderer/core/ports/roomChannel.ts'
import type {
  MediaPathMessage,
  MediaStateMessage,
  ReactionMessage,
  SignalMessage,
  VideoWishesMessage,
} from '../../../src/shared/realtime/roomEvents.ts'

/** A channel whose other end is the test. */
export interface FakeRoomChannel extends RoomChannelPort {
  /** The handlers of the channel that is open; throws when there is none. */
  handlers(): RoomChannelHandlers
  isOpen(): boolean
  readonly topics: string[]
  reconnects: number
  checks: number
  readonly sentSignals: SignalMessage[]
  readonly sentMediaStates: MediaStateMessage[]
  readonly sentMediaPaths: MediaPathMessage[]
  readonly sentVideoWishes: VideoWishesMessage[]
  readonly sentReactions: ReactionMessage[]
}

export function createFakeRoomChannel(): FakeRoomChannel {
  let current: RoomChannelHandlers | null = null
  const topics: string[] = []
  const sentSignals: SignalMessage[] = []
  const sentMediaStates: MediaStateMessage[] = []
  const sentMediaPaths: MediaPathMessage[] = []
  const sentVideoWishes: VideoWishesMessage[] = []
  const sentReactions: ReactionMessage[] = []
  return {
    topics,
    reconnects: 0,
    checks: 0,
    check() {
      this.checks += 1
    },
    reconnect() {
      this.reconnects += 1
    },
    sentSignals,
    sentMediaStates,
    sentMediaPaths,
    sentVideoWishes,
    sentReactions,
    isOpen: () => current !== null,
    handlers() {
      if (current === null) throw new Error('no channel is open')
      return current
    },
    open(topic, _self, handlers) {
      topics.push(topic)
      current = handlers
      return {
        sendSignal: (message) => void sentSignals.push(message),
        sendMediaState: (message) => void sentMediaStates.push(message),
        sendMediaPath: (message) => void sentMediaPaths.push(message),
        sendVideoWishes: (message) => void sentVideoWishes.push(message),
        sendReaction: (message) => void sentReactions.push(message),
        close() {
          if (current === handlers) current = null
        },
      }
    },
  }
}
