import { z } from 'zod'
import { participantSchema } from '../domain/participant.ts'
import { openRecordingSchema } from '../domain/recording.ts'
import {
  roomOrderSchema,
  roomPhaseSchema,
  roomPrivacySchema,
  roomSchema,
  roomSettingsSchema,
  roomSummarySchema,
  topologySchema,
} from '../domain/room.ts'
import { roomTimerSchema } from '../domain/timer.ts'
import {
  ROOM_CAPACITY_MAX,
  ROOM_NAME_MAX_LENGTH,
  ROOM_PAGE_SIZE,
  ROOM_PASSWORD_MAX_BYTES,
  ROOM_PASSWORD_MAX_LENGTH,
  ROOM_TAG_MAX_LENGTH,
  ROOM_TAGS_MAX_COUNT,
} from '../limits.ts'
import { utf8Length } from './utf8Length.ts'

/** The database stores neither NUL characters nor halves of surrogate pairs. */
const textSchema = z
  .string('Send text here.')
  .refine((text) => !text.includes('\u0000'), 'Text cannot hold a NUL character.')
  .refine((text) => !/\p{Surrogate}/u.test(text), 'Text cannot hold half of a character.')

/** The part of an address that names a room. */
export const roomParamsSchema = z.object({
  id: z.uuid('The address does not name a room.').meta({ description: 'The room.' }),
})

const tagSchema = textSchema
  .trim()
  .toLowerCase()
  .min(1, 'A tag needs at least one letter.')
  .max(ROOM_TAG_MAX_LENGTH, `A tag has at most ${ROOM_TAG_MAX_LENGTH} characters.`)
const tagsSchema = z
  .array(tagSchema, 'Send the tags as a list.')
  .max(ROOM_TAGS_MAX_COUNT, `There is room for at most ${ROOM_TAGS_MAX_COUNT} tags.`)

const passwordSchema = textSchema
  .min(1, 'Leave the password out, or give one.')
  .max(ROOM_PASSWORD_MAX_LENGTH, `A password has at most ${ROOM_PASSWORD_MAX_LENGTH} characters.`)
  .refine((text) => utf8Length(text) <= ROOM_PASSWORD_MAX_BYTES, 'This password is too long.')

/** The code of an invite: 128 random bits as base64url, and room for longer ones. */
export const inviteCodeSchema = z
  .string('Send the code as text.')
  .regex(/^[\w-]{16,64}$/, 'This is not the code of an invite.')

const roomNameSchema = textSchema
  .trim()
  .min(1, 'Give the room a name.')
  .max(ROOM_NAME_MAX_LENGTH, `A room's name has at most ${ROOM_NAME_MAX_LENGTH} characters.`)
const maxParticipantsSchema = z
  .int('The number of people is a whole number.')
  .min(2, 'A room is for at least two people.')
  .max(ROOM_CAPACITY_MAX, `A room is for at most ${ROOM_CAPACITY_MAX} people.`)

/** `POST /api/rooms/create` */
export const createRoomRequestSchema = z.object({
  name: roomNameSchema,
  privacy: roomPrivacySchema.default('public'),
  tags: tagsSchema.default([]),
  maxParticipants: maxParticipantsSchema.default(ROOM_CAPACITY_MAX),
  settings: roomSettingsSchema.partial().default({}),
  password: passwordSchema.optional(),
})
/** Headers of `POST /api/rooms/create`. */
export const createRoomHeadersSchema = z.object({
  'idempotency-key': z.uuid('Send a UUID, a new one for each room.').optional().meta({
    description: 'Names this attempt: repeated with the same key, it answers the room that it opened.',
  }),
})
export type CreateRoomRequest = z.input<typeof createRoomRequestSchema>
export const createRoomResponseSchema = z.object({ roomId: z.uuid() })
export type CreateRoomResponse = z.infer<typeof createRoomResponseSchema>

/** A cursor may hold a name of 80 characters, of four bytes each and some of them escaped. */
const ROOMS_CURSOR_MAX_LENGTH = 1_000

/**
 * `GET /api/rooms/list`, as the query is written. A room must carry all of the tags. Without `privacy` it lists public
 * rooms, and private ones that the caller created, is in or is a member of.
 */
export const listRoomsQuerySchema = z.object({
  tags: z
    .string()
    .default('')
    .transform((text) => text.split(',').filter((tag) => tag.trim() !== ''))
    .pipe(tagsSchema)
    .meta({ description: 'Tags that a room must carry, all of them, separated by commas.' }),
  q: textSchema
    .trim()
    .max(ROOM_NAME_MAX_LENGTH, `Search for at most ${ROOM_NAME_MAX_LENGTH} characters.`)
    .default('')
    .meta({ description: 'Text that a room’s name or one of its tags must contain, in any case.' }),
  privacy: roomPrivacySchema.optional().meta({ description: 'Only rooms of this kind.' }),
  hasRoom: z
    .enum(['true', 'false'], 'Say true or false.')
    .transform((text) => text === 'true')
    .default(false)
    .meta({
      description: 'Only rooms that are not full.',
      override: { type: 'boolean', default: false },
    }),
  phase: roomPhaseSchema.optional().meta({
    description:
      'Only rooms whose timer is in such a phase at this moment: neither a paused one nor one that is over.',
  }),
  order: roomOrderSchema.default('lively').meta({
    description:
      '`lively`: most people first, then the newest. `newest`: opened last first. `name`: by name.',
  }),
  cursor: z
    .string()
    .max(ROOMS_CURSOR_MAX_LENGTH)
    .optional()
    .meta({ description: 'The `nextCursor` of the page before, in the same order.' }),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, 'The size of a page is a whole number.')
    .transform(Number)
    .pipe(z.int().min(1).max(ROOM_PAGE_SIZE, `A page has at most ${ROOM_PAGE_SIZE} rooms.`))
    .default(ROOM_PAGE_SIZE)
    .meta({
      description: 'Rooms on the page.',
      override: { type: 'integer', minimum: 1, maximum: ROOM_PAGE_SIZE, default: ROOM_PAGE_SIZE },
    }),
})
/** What one may ask of the list; a client writes it into the query. */
export type ListRoomsQuery = Partial<z.output<typeof listRoomsQuerySchema>>
export const listRoomsResponseSchema = z.object({
  rooms: z.array(roomSummarySchema),
  nextCursor: z.string().nullable(),
  /** When the list was answered: what the timers of its rooms are counted by, whatever one's own clock says. */
  serverNow: z.iso.datetime({ offset: true }).optional(),
})
export type ListRoomsResponse = z.infer<typeof listRoomsResponseSchema>

/** The answer of `list_recent_rooms`. */
export const recentRoomsSchema = z.array(roomSummarySchema)

/**
 * The answer of `list_known_people`: who is in which public room, of those with whom one belongs to a recurring room; `names` holds three
 * at most of the `count`. `isShown`: whether they are told the same of oneself; otherwise one is told of nobody.
 */
export const knownPeopleSchema = z.object({
  isShown: z.boolean(),
  rooms: z.array(z.object({ roomId: z.uuid(), names: z.array(z.string()), count: z.int().min(1) })),
})
export type KnownPeople = z.infer<typeof knownPeopleSchema>

/** `POST /api/rooms/:id/join` */
export const joinRoomRequestSchema = z.object({
  connectionId: z.uuid('Send a UUID that names this connection.'),
  password: passwordSchema.optional(),
  inviteCode: z.string().min(1).max(64).optional(),
  /** This client can meet over the media server; a room of clients that cannot holds as many as a mesh carries. */
  supportsSfu: z.boolean().default(false),
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
 * from this moment on. `sfu` is null in a mesh, and where no
 * token can be had at the moment (`POST /api/rooms/:id/media-token` asks again).
 */
export const joinRoomResponseSchema = z.object({
  room: roomSchema,
  participants: z.array(participantSchema),
  topology: topologySchema,
  epoch: z.number().int(),
  channel: z.string(),
  iceServers: z.array(iceServerSchema),
  sfu: z.object({ url: z.string(), token: z.string() }).nullable(),
  timer: roomTimerSchema.nullable().default(null),
  /** The open recording or request; while it `needsAnswer`, no media may be sent. */
  recording: openRecordingSchema.nullable().default(null),
})
export type JoinRoomResponse = z.infer<typeof joinRoomResponseSchema>

/** `POST /api/rooms/:id/leave`; idempotent: leaving twice, or a room one is not in, is fine. */
export const leaveRoomRequestSchema = z.object({ connectionId: z.uuid() })

/** `GET /api/rooms/:id/participants` */
export const participantsResponseSchema = z.object({ participants: z.array(participantSchema) })

/** `PATCH /api/rooms/:id/media` */
export const setMediaRequestSchema = z.object({
  isMuted: z.boolean(),
  isVideoOff: z.boolean(),
  isScreensharing: z.boolean(),
})

/** `PUT /api/rooms/:id/hand` */
export const setHandRequestSchema = z.object({
  isRaised: z.boolean('Send true or false.').meta({ description: 'Whether the hand is up.' }),
})

/** `PATCH /api/rooms/:id/settings`: what is left out stays; a password of null takes it away. */
export const updateRoomRequestSchema = z
  .object({
    name: roomNameSchema,
    tags: tagsSchema,
    privacy: roomPrivacySchema,
    maxParticipants: maxParticipantsSchema,
    settings: roomSettingsSchema.partial(),
    password: passwordSchema.nullable(),
  })
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, 'Say what is to change.')
export type UpdateRoomRequest = z.input<typeof updateRoomRequestSchema>

/** `GET /api/rooms/tags` */
const countsSchema = z.object({ roomCount: z.int(), participantCount: z.int() })
export const commonTagsResponseSchema = z.object({
  tags: z
    .array(countsSchema.extend({ tag: z.string() }))
    .meta({ description: 'Most common first; at most 20.' }),
  totals: countsSchema
    .nullable()
    .meta({ description: 'Of all public rooms; null before they were first counted.' }),
})
