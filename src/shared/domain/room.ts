import { z } from 'zod'
import { ROOM_CAPACITY_MAX } from '../limits.ts'
import { timerAnchorsSchema } from './timer.ts'

/** Who may find and join a room. */
export const roomPrivacySchema = z.enum(['public', 'private'])
export type RoomPrivacy = z.infer<typeof roomPrivacySchema>

/** In which order rooms are listed: most people first, opened last first, or by name. */
export const roomOrderSchema = z.enum(['lively', 'newest', 'name'])
export type RoomOrder = z.infer<typeof roomOrderSchema>

/** In which kind of phase a room's timer is. */
export const roomPhaseSchema = z.enum(['focus', 'break'])
export type RoomPhase = z.infer<typeof roomPhaseSchema>

/** How the room's media travels. The database decides; see `topology_epoch`. */
export const topologySchema = z.enum(['mesh', 'sfu'])
export type Topology = z.infer<typeof topologySchema>

/** What a room allows. Unknown keys are kept by the database and ignored by older clients. */
export const roomSettingsSchema = z.object({
  allowChat: z.boolean(),
  allowVideo: z.boolean(),
  allowScreenshare: z.boolean(),
  /** Everybody inside may start and change the room's timer; otherwise its creator alone. */
  allowTimerControl: z.boolean(),
  /** Somebody inside may ask everybody to be recorded. Left out: they may. */
  allowRecording: z.boolean().optional(),
  /** Of a private room: whoever is new waits until somebody inside lets them in. Left out: nobody waits. */
  waitingRoom: z.boolean().optional(),
})

/** A room as the lobby lists it. Holds nobody's name: those are for people who share the room. */
export const roomSummarySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  privacy: roomPrivacySchema,
  tags: z.array(z.string()),
  participantCount: z.number().int().min(0),
  maxParticipants: z.number().int().min(1).max(ROOM_CAPACITY_MAX),
  /** How many fit in now: `maxParticipants`, or fewer while no SFU is configured. */
  capacity: z.number().int().min(1).max(ROOM_CAPACITY_MAX),
  /** Joining asks for a password of everybody but the creator. */
  hasPassword: z.boolean(),
  createdAt: z.iso.datetime({ offset: true }),
  /** Null while the room has none. What it asks for at a moment: `timerAt`. Of a paused one `pausedAt` is when it was told. */
  timer: timerAnchorsSchema.nullable().default(null),
})
export type RoomSummary = z.infer<typeof roomSummarySchema>

/** A room as somebody inside it sees it. They are told of its timer by itself. */
export const roomSchema = roomSummarySchema.omit({ timer: true }).extend({
  creatorId: z.uuid().nullable(),
  /** Nobody new can come in. */
  isLocked: z.boolean(),
  /** The recurring room that this one is an occasion of. */
  recurringRoomId: z.uuid().nullable(),
  settings: roomSettingsSchema,
})
export type Room = z.infer<typeof roomSchema>
