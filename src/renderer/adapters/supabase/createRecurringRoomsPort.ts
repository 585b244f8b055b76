import type { z } from 'zod'
import {
  openedRoomSchema,
  type RecurringRoom,
  recurringInviteSchema,
  recurringMembersSchema,
  recurringRoomIdSchema,
  recurringRoomsSchema,
} from '../../../shared/api/recurringRooms.ts'
import type { RecurringRoomsPort } from '../../core/ports/recurringRooms.ts'
import { callFunction } from './callFunction.ts'
import { nothingSchema, type RequestOptions } from './sendRequest.ts'

/** Recurring rooms by the functions of the Data API, every answer checked against its schema. */
export function createRecurringRoomsPort(options: RequestOptions): RecurringRoomsPort {
  const call = <T>(name: string, schema: z.ZodType<T>, body: Readonly<Record<string, unknown>>) =>
    callFunction(options, name, body, schema)
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
        p_changes: { ...changes, ...(changes.settings && { settings: toStored(changes.settings) }) },
      }),
    remove: (recurringRoomId) =>
      call('delete_recurring_room', nothingSchema, { p_recurring_room_id: recurringRoomId }),
    leave: (recurringRoomId) =>
      call('leave_recurring_room', nothingSchema, { p_recurring_room_id: recurringRoomId }),
    open: (recurringRoomId) =>
      call('open_recurring_room', openedRoomSchema, { p_recurring_room_id: recurringRoomId }),
    invite: (recurringRoomId) =>
      call('create_recurring_invite', recurringInviteSchema, { p_recurring_room_id: recurringRoomId }),
    revokeInvites: (recurringRoomId) =>
      call('revoke_recurring_invites', nothingSchema, { p_recurring_room_id: recurringRoomId }),
    members: (recurringRoomId) =>
      call('list_recurring_members', recurringMembersSchema, { p_recurring_room_id: recurringRoomId }),
    removeMember: (recurringRoomId, userId) =>
      call('remove_recurring_member', nothingSchema, {
        p_recurring_room_id: recurringRoomId,
        p_user_id: userId,
      }),
    accept: (inviteCode) => call('accept_recurring_invite', recurringRoomIdSchema, { p_code: inviteCode }),
  }
}

/** Settings as the database keeps them. What is left out stays as it is. */
function toStored(settings: RecurringRoom['settings']): Readonly<Record<string, boolean | undefined>> {
  return {
    allow_chat: settings.allowChat,
    allow_video: settings.allowVideo,
    allow_screenshare: settings.allowScreenshare,
    allow_timer_control: settings.allowTimerControl,
    allow_recording: settings.allowRecording,
    waiting_room: settings.waitingRoom,
  }
}
