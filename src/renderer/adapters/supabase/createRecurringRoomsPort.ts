import { z } from 'zod'
import {
  openedRoomSchema,
  recurringInviteSchema,
  recurringRoomIdSchema,
  recurringRoomsSchema,
  refusalSchema,
} from '../../../shared/api/recurringRooms.ts'
import { roomTimerSchema } from '../../../shared/domain/timer.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { RecurringRoomsPort } from '../../core/ports/recurringRooms.ts'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import { type RoomsPortOptions, sendRequest } from './createRoomsPort.ts'

const nothingSchema = z.unknown().transform(() => undefined)

/** Recurring rooms by the functions of the Data API, every answer checked against its schema. */
export function createRecurringRoomsPort(options: RoomsPortOptions): RecurringRoomsPort {
  const call = async <T>(
    name: string,
    schema: z.ZodType<T>,
    body: object,
  ): Promise<Result<T, RoomsFailure>> => {
    const answer = await sendRequest(options, {
      method: 'POST',
      address: `${options.url}/rest/v1/rpc/${name}`,
      schema: z.union([refusalSchema.transform((refusal) => ({ refused: refusal })), schema]),
      body,
      headers: {},
    })
    if (!answer.ok) return answer
    return isRefused(answer.value) ? err(toFailure(answer.value.refused)) : ok(answer.value)
  }
  return {
    list: () => call('list_my_recurring_rooms', recurringRoomsSchema, {}),
    create: (room) =>
      call('create_recurring_room', recurringRoomIdSchema, {
        p_name: room.name,
        p_rrule: room.rrule,
        p_starts_at: room.startsAt,
        p_time_zone: room.timeZone,
        p_duration_minutes: room.durationMinutes,
        p_privacy: room.privacy,
        p_tags: room.tags,
      }),
    update: (recurringRoomId, changes) =>
      call('update_recurring_room', nothingSchema, {
        p_recurring_room_id: recurringRoomId,
        p_changes: changes,
      }),
    remove: (recurringRoomId) =>
      call('delete_recurring_room', nothingSchema, { p_recurring_room_id: recurringRoomId }),
    leave: (recurringRoomId) =>
      call('leave_recurring_room', nothingSchema, { p_recurring_room_id: recurringRoomId }),
    open: (recurringRoomId) =>
      call('open_recurring_room', openedRoomSchema, { p_recurring_room_id: recurringRoomId }),
    invite: (recurringRoomId) =>
      call('create_recurring_invite', recurringInviteSchema, { p_recurring_room_id: recurringRoomId }),
    accept: (inviteCode) => call('accept_recurring_invite', recurringRoomIdSchema, { p_code: inviteCode }),
    timer: (roomId) => call('get_timer', roomTimerSchema.nullable(), { p_room_id: roomId }),
  }
}

type Refused = { readonly refused: z.infer<typeof refusalSchema> }

function isRefused(value: unknown): value is Refused {
  return typeof value === 'object' && value !== null && 'refused' in value
}

function toFailure({ refusal, retryAfterSeconds }: Refused['refused']): RoomsFailure {
  return {
    kind: refusal,
    message: 'The database has refused.',
    retryAfterMs: retryAfterSeconds === undefined ? null : retryAfterSeconds * 1_000,
  }
}
