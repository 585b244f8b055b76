import { messagePageSchema, messageSchema } from '../../../shared/api/messages.ts'
import { MESSAGE_PAGE_MAX_COUNT } from '../../../shared/limits.ts'
import type { ChatPort } from '../../core/ports/chat.ts'
import { callFunction } from './callFunction.ts'
import { nothingSchema, type RequestOptions } from './sendRequest.ts'

/** A room's messages by the functions of the schema. */
export function createChatPort(options: RequestOptions): ChatPort {
  return {
    list: (roomId, before) =>
      callFunction(
        options,
        'list_messages',
        {
          p_room_id: roomId,
          p_limit: MESSAGE_PAGE_MAX_COUNT,
          ...(before === null ? {} : { p_before: before.sentAt, p_before_id: before.id }),
        },
        messagePageSchema,
      ),
    send: (roomId, { body, clientMessageId }) =>
      callFunction(
        options,
        'send_message',
        { p_room_id: roomId, p_body: body, p_client_message_id: clientMessageId },
        messageSchema,
      ),
    remove: (messageId) =>
      callFunction(options, 'delete_message', { p_message_id: messageId }, nothingSchema),
  }
}
