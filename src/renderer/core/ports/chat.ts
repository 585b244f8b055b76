import type { Message } from '../../../shared/api/messages.ts'
import type { Result } from '../../../shared/result.ts'
import type { RoomsFailure } from './rooms.ts'

/** What is written in a room, for those inside. It lives as long as the room. */
export interface ChatPort {
  /** Up to 50 messages before this one, or the latest; newest first. */
  list(
    roomId: string,
    before: Pick<Message, 'id' | 'sentAt'> | null,
  ): Promise<Result<readonly Message[], RoomsFailure>>
  /** Sending again with the same `clientMessageId`, a UUID, is no second message. */
  send(
    roomId: string,
    message: { readonly body: string; readonly clientMessageId: string },
  ): Promise<Result<Message, RoomsFailure>>
  /** One's own message, or any in a room that one has opened. */
  remove(messageId: string): Promise<Result<void, RoomsFailure>>
}
