import { z } from 'zod'
import { inviteCodeSchema, roomParamsSchema } from './rooms.ts'

/** The part of an address that names an invite of a room. */
export const inviteParamsSchema = roomParamsSchema.extend({
  code: z
    .union([z.uuid(), inviteCodeSchema], 'The address does not name an invite.')
    .meta({ description: 'The invite’s code, or its id as the list shows it.' }),
})

/** `POST /api/rooms/:id/invites` */
export const createInviteRequestSchema = z.object({
  expiresInHours: z
    .int('The hours are a whole number.')
    .min(1, 'An invite is good for at least an hour.')
    .max(720, 'An invite is good for at most 30 days.')
    .default(168)
    .meta({ description: 'Hours that it is good for.' }),
  maxUses: z
    .int('The number of uses is a whole number.')
    .min(1, 'An invite is for at least one person.')
    .max(1000, 'An invite is for at most 1,000 people.')
    .default(25)
    .meta({ description: 'How many people may come in by it.' }),
})
export const createInviteResponseSchema = z.object({
  id: z.uuid().meta({ description: 'Names the invite in lists, which do not show codes.' }),
  code: inviteCodeSchema.meta({ description: 'Shown here only: the database keeps its hash.' }),
  link: z.string().meta({ description: '`studyhall://join/<roomId>?invite=<code>`' }),
  expiresAt: z.iso.datetime({ offset: true }),
  maxUses: z.int(),
})

/** An invite as its room's creator sees it: without its code, which nobody keeps. */
const roomInviteSchema = z.object({
  id: z.uuid(),
  createdBy: z
    .object({ userId: z.uuid(), displayName: z.string() })
    .nullable()
    .meta({ description: 'Null once the account is gone.' }),
  createdAt: z.iso.datetime({ offset: true }),
  expiresAt: z.iso.datetime({ offset: true }),
  maxUses: z.int(),
  usedCount: z.int(),
})
export type RoomInvite = z.infer<typeof roomInviteSchema>

/** `GET /api/rooms/:id/invites` */
export const invitesResponseSchema = z.object({ invites: z.array(roomInviteSchema) })

/** `POST /api/invites/find` */
export const findInviteRequestSchema = z.object({ code: inviteCodeSchema })
export const findInviteResponseSchema = z.object({ roomId: z.uuid() })
