import { z } from 'zod'
import { avatarSchema } from '../domain/participant.ts'
import { roomSchema } from '../domain/room.ts'
import { roomParamsSchema } from './rooms.ts'

/** The part of an address that names somebody in a room. */
export const roomPersonParamsSchema = roomParamsSchema.extend({
  userId: z.uuid('The address does not name a person.').meta({ description: 'The person.' }),
})

/** `POST /api/rooms/:id/transfer` */
export const transferRoomRequestSchema = z.object({
  userId: z.uuid('Send the id of somebody in the room.').meta({ description: 'Who is to have the room.' }),
})

/** `PUT /api/rooms/:id/lock` */
export const lockRoomRequestSchema = z.object({
  isLocked: z.boolean('Send true or false.').meta({ description: 'Nobody new can come in.' }),
})

/** The room as it is after a change. */
export const roomResponseSchema = z.object({ room: roomSchema })

/** Who may enter a room freely. */
const roomMemberSchema = z.object({
  userId: z.uuid(),
  displayName: z.string(),
  avatar: avatarSchema,
  joinedAt: z.iso.datetime({ offset: true }).meta({ description: 'Since when they are a member.' }),
})
export type RoomMember = z.infer<typeof roomMemberSchema>

/** `GET /api/rooms/:id/members` */
export const membersResponseSchema = z.object({ members: z.array(roomMemberSchema) })

/** Who is kept out of a room. */
const roomBanSchema = z.object({
  userId: z.uuid(),
  displayName: z.string(),
  avatar: avatarSchema,
  bannedAt: z.iso.datetime({ offset: true }),
  expiresAt: z.iso.datetime({ offset: true }).nullable().meta({ description: 'Null: for good.' }),
})
export type RoomBan = z.infer<typeof roomBanSchema>

/** `GET /api/rooms/:id/bans` */
export const bansResponseSchema = z.object({ bans: z.array(roomBanSchema) })
