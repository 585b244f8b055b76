import { z } from 'zod'
import type { ModerationPort } from '../../core/ports/moderation.ts'
import { callFunction } from './callFunction.ts'
import { nothingSchema, type RequestOptions, sendRequest } from './sendRequest.ts'

const blockedPeopleSchema = z
  .array(z.object({ userId: z.string() }))
  .transform((people) => people.map(({ userId }) => userId))

/** Moderation by the HTTP API; blocking and reporting by the functions of the schema. */
export function createModerationPort(options: RequestOptions): ModerationPort {
  const ask = (method: 'POST' | 'PUT', roomId: string, rest: string, body?: unknown) =>
    sendRequest(options, {
      method,
      address: `${options.url}/functions/v1/api/rooms/${encodeURIComponent(roomId)}/${rest}`,
      schema: nothingSchema,
      body,
      headers: {},
    })
  const about = (roomId: string, userId: string, action: 'mute' | 'remove' | 'ban') =>
    ask('POST', roomId, `participants/${encodeURIComponent(userId)}/${action}`)
  return {
    mute: (roomId, userId) => about(roomId, userId, 'mute'),
    remove: (roomId, userId) => about(roomId, userId, 'remove'),
    ban: (roomId, userId) => about(roomId, userId, 'ban'),
    transfer: (roomId, userId) => ask('POST', roomId, 'transfer', { userId }),
    setLocked: (roomId, isLocked) => ask('PUT', roomId, 'lock', { isLocked }),
    block: (userId) => callFunction(options, 'block_person', { p_user_id: userId }, nothingSchema),
    unblock: (userId) => callFunction(options, 'unblock_person', { p_user_id: userId }, nothingSchema),
    blockedIds: () => callFunction(options, 'list_blocked_people', {}, blockedPeopleSchema),
    report: (roomId, userId, { reason, details }) =>
      callFunction(
        options,
        'report_person',
        { p_user_id: userId, p_room_id: roomId, p_reason: reason, p_details: details },
        nothingSchema,
      ),
  }
}
