import { z } from 'zod'
import { roomPrivacySchema, roomSettingsSchema } from '../domain/room.ts'

/** A recurring room as `list_my_recurring_rooms` answers it, for the tray. */
const recurringRoomSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  privacy: roomPrivacySchema,
  tags: z.array(z.string()),
  maxParticipants: z.number().int(),
  settings: roomSettingsSchema,
  isOwner: z.boolean(),
  /** The subset of RFC 5545 in docs/recurring-rooms.md. */
  rrule: z.string(),
  /** Wall-clock time in `timeZone` from which the rule counts: `2026-11-24T18:00`. */
  startsAt: z.string(),
  timeZone: z.string(),
  durationMinutes: z.number().int(),
  /** The occasion under way, or else the next one; null when nothing follows. */
  nextStartsAt: z.iso.datetime({ offset: true }).nullable(),
  nextEndsAt: z.iso.datetime({ offset: true }).nullable(),
  isOnNow: z.boolean(),
  /** Null while nobody has opened it: `open_recurring_room` does. */
  liveRoomId: z.uuid().nullable(),
  participantCount: z.number().int().min(0),
  /** Those in it who share the recurring room with the caller, or the live one. */
  participants: z.array(z.object({ userId: z.uuid(), displayName: z.string() })),
})

/** The answer of `list_my_recurring_rooms`: what is on or next on comes first. */
export const recurringRoomsSchema = z.array(recurringRoomSchema)

/** The answer of `open_recurring_room`. */
export const openedRoomSchema = z.object({ roomId: z.uuid() })
