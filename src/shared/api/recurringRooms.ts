import { z } from 'zod'
import { avatarSchema } from '../domain/participant.ts'
import { type RoomPrivacy, roomPrivacySchema, roomSettingsSchema } from '../domain/room.ts'

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

export type RecurringRoom = z.infer<typeof recurringRoomSchema>

/** The answer of `list_my_recurring_rooms`: what is on or next on comes first. */
export const recurringRoomsSchema = z.array(recurringRoomSchema)

/** The answer of `open_recurring_room`. */
export const openedRoomSchema = z.object({ roomId: z.uuid() })

/** The answer of `create_recurring_room` and of `accept_recurring_invite`. */
export const recurringRoomIdSchema = z.object({ recurringRoomId: z.uuid() })

/** The answer of `create_recurring_invite`. */
export const recurringInviteSchema = z.object({
  code: z.string(),
  expiresAt: z.iso.datetime({ offset: true }),
  maxUses: z.int(),
})
export type RecurringInvite = z.infer<typeof recurringInviteSchema>

/** Who belongs to a recurring room, as `list_recurring_members` answers it: its owner first, then in the order of joining. */
export const recurringMembersSchema = z.array(
  z.object({
    userId: z.uuid(),
    displayName: z.string(),
    avatar: avatarSchema,
    isOwner: z.boolean(),
    joinedAt: z.iso.datetime({ offset: true }),
  }),
)
export type RecurringMember = z.infer<typeof recurringMembersSchema>[number]

/** What may be changed about a recurring room. */
export interface RecurringRoomChanges extends Partial<NewRecurringRoom> {
  readonly settings?: RecurringRoom['settings']
}

/** What a recurring room is made of. */
export interface NewRecurringRoom {
  readonly name: string
  readonly rrule: string
  /** Wall-clock time in `timeZone`, `2026-11-24T18:00`: its first occasion is the first of the rule on or after it. */
  readonly startsAt: string
  readonly timeZone: string
  readonly durationMinutes: number
  readonly privacy: RoomPrivacy
  readonly tags: readonly string[]
}
