import type { VerifyToken } from '../auth/verifyToken.ts'
import type { ChangeRegistry } from '../changes/changeRegistry.ts'
import type { AuthorizeChannel } from '../database/channelAuthorizer.ts'
import type { DatabaseMessage } from '../database/messageRows.ts'
import type { EncodedFrame, ProtocolVersion, ServerMessage } from '../protocol/messages.ts'
import type { RealtimeLimits } from '../realtimeLimits.ts'
import type { RealtimeLog } from '../realtimeLog.ts'
import type { TopicHub, TopicMember, TopicName } from './topicHub.ts'

/** What a channel needs of the socket that it is on. */
export interface ChannelConnection {
  readonly version: ProtocolVersion
  send(message: ServerMessage): void
  sendFrame(frame: EncodedFrame): void
  takeBroadcastPermit(): boolean
  closeForFlood(): void
  /** The token to check: the one given, or the connection's API key in place of none or of another API key. */
  effectiveToken(accessToken: string | null): string
}

/** What all channels share. */
export interface ChannelServices {
  readonly hub: TopicHub
  readonly changes: ChangeRegistry
  readonly limits: RealtimeLimits
  readonly log: RealtimeLog
  /** Milliseconds since 1970, for tokens. */
  readonly now: () => number
  /** Milliseconds of a clock that is never set, for rates and signs of life. */
  readonly monotonicNow: () => number
  readonly verifyToken: VerifyToken
  readonly authorize: AuthorizeChannel
  /** Messages of a private topic since a moment; `limit` is the client's wish. */
  readonly readReplay: (subTopic: string, sinceMs: number, limit: number | null) => Promise<DatabaseMessage[]>
  readonly replayTo: (member: TopicMember, topic: TopicName, message: DatabaseMessage) => void
  readonly whenFeedReady: () => Promise<void>
}
