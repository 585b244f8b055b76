import { z } from 'zod'
import { participantSchema } from '../domain/participant.ts'
import {
  roomPrivacySchema,
  roomSchema,
  roomSettingsSchema,
  roomSummarySchema,
  topologySchema,
} from '../domain/room.ts'
import {
  ROOM_CAPACITY_MAX,
  ROOM_NAME_MAX_LENGTH,
  ROOM_PAGE_SIZE,
  ROOM_PASSWORD_MAX_LENGTH,
  ROOM_TAG_MAX_LENGTH,
  ROOM_TAGS_MAX_COUNT,
} from '../limits.ts'

const tagSchema = z.string().trim().toLowerCase().min(1).max(ROOM_TAG_MAX_LENGTH)

/** `POST /api/rooms/create` */
export const createRoomRequestSchema = z.object({
  name: z.string().trim().min(1).max(ROOM_NAME_MAX_LENGTH),
  privacy: roomPrivacySchema.default('public'),
  tags: z.array(tagSchema).max(ROOM_TAGS_MAX_COUNT).default([]),
  maxParticipants: z.number().int().min(2).max(ROOM_CAPACITY_MAX).default(ROOM_CAPACITY_MAX),
  settings: roomSettingsSchema.partial().default({}),
  password: z.string().min(1).max(ROOM_PASSWORD_MAX_LENGTH).optional(),
})
export type CreateRoomRequest = z.input<typeof createRoomRequestSchema>
export const createRoomResponseSchema = z.object({ roomId: z.uuid() })
export type CreateRoomResponse = z.infer<typeof createRoomResponseSchema>

/** `GET /api/rooms/list`; `tags` is a comma-separated list in the query. */
export const listRoomsQuerySchema = z.object({
  tags: z.array(tagSchema).max(ROOM_TAGS_MAX_COUNT).default([]),
  q: z.string().trim().max(ROOM_NAME_MAX_LENGTH).default(''),
  privacy: roomPrivacySchema.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(ROOM_PAGE_SIZE).default(ROOM_PAGE_SIZE),
})
export type ListRoomsQuery = z.input<typeof listRoomsQuerySchema>
export const listRoomsResponseSchema = z.object({
  rooms: z.array(roomSummarySchema),
  nextCursor: z.string().nullable(),
})
export type ListRoomsResponse = z.infer<typeof listRoomsResponseSchema>

/** `POST /api/rooms/:id/join` */
export const joinRoomRequestSchema = z.object({
  connectionId: z.uuid(),
  password: z.string().min(1).max(ROOM_PASSWORD_MAX_LENGTH).optional(),
  inviteCode: z.string().min(1).max(64).optional(),
})
export type JoinRoomRequest = z.input<typeof joinRoomRequestSchema>

/** An entry of `RTCConfiguration.iceServers`. */
export const iceServerSchema = z.object({
  urls: z.array(z.string()),
  username: z.string().optional(),
  credential: z.string().optional(),
})
export type IceServer = z.infer<typeof iceServerSchema>

/**
 * `participants` holds everybody active, the caller included. `channel` is the Realtime topic to join; it is authorised
 * from this moment on. `sfu` is null in a mesh.
 */
export const joinRoomResponseSchema = z.object({
  room: roomSchema,
  participants: z.array(participantSchema),
  topology: topologySchema,
  epoch: z.number().int(),
  channel: z.string(),
  iceServers: z.array(iceServerSchema),
  sfu: z.object({ url: z.string(), token: z.string() }).nullable(),
})
export type JoinRoomResponse = z.infer<typeof joinRoomResponseSchema>

/** `POST /api/rooms/:id/leave`; idempotent: leaving twice, or a room one is not in, is fine. */
export const leaveRoomRequestSchema = z.object({ connectionId: z.uuid() })
export type LeaveRoomRequest = z.input<typeof leaveRoomRequestSchema>

/** `GET /api/rooms/:id/participants` */
export const participantsResponseSchema = z.object({ participants: z.array(participantSchema) })
export type ParticipantsResponse = z.infer<typeof participantsResponseSchema>

/** `PATCH /api/rooms/:id/media` */
export const setMediaRequestSchema = z.object({
  isMuted: z.boolean(),
  isVideoOff: z.boolean(),
  isScreensharing: z.boolean(),
})
export type SetMediaRequest = z.input<typeof setMediaRequestSchema>
