import type { Result } from '../../../shared/result.ts'
import type { TokenClaims } from '../auth/verifyToken.ts'
import type { ChangeBinding } from './changeBindings.ts'
import type { EncodedFrame, ProtocolVersion } from '../protocol/messages.ts'

/** One channel that wants to hear of changed rows. */
export interface ChangeSubscriber {
  readonly id: string
  /** The channel's topic as the client wrote it. */
  readonly wireTopic: string
  readonly version: ProtocolVersion
  readonly token: TokenClaims
  readonly bindings: readonly ChangeBinding[]
  readonly deliver: (frame: EncodedFrame) => void
}

/** A subscription that cannot be: the message says why, and whether trying again can help. */
export interface SubscribeError {
  readonly kind: 'badBinding' | 'streamUnavailable'
  readonly message: string
}

/** Delivers changed rows to those who subscribed and may see them. */
export interface ChangeRegistry {
  /** Subscribes, or replaces the subscription of the same id. Resolves when changes flow. */
  subscribe(subscriber: ChangeSubscriber): Promise<Result<null, SubscribeError>>
  unsubscribe(id: string): void
  close(): Promise<void>
}
