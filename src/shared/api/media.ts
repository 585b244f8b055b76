import { z } from 'zod'

/** `POST /api/rooms/:id/media-token` */
export const mediaTokenRequestSchema = z.object({
  connectionId: z.uuid('Send a UUID that names this connection.'),
})

/** How to reach the media server (`ws:` or `wss:`), and a token for one room that is good until `expiresAt`. */
export const mediaTokenResponseSchema = z.object({
  url: z.string(),
  token: z.string(),
  expiresAt: z.iso.datetime(),
})
export type MediaToken = z.infer<typeof mediaTokenResponseSchema>
