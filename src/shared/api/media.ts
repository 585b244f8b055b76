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

/**
 * `GET /api/media-server`: whether rooms of more than four people can be. `none`: no media server is set up; `silent`: one is, and
 * does not answer at the moment.
 */
export const mediaServerResponseSchema = z.object({ mediaServer: z.enum(['none', 'answers', 'silent']) })
export type MediaServerAnswer = z.infer<typeof mediaServerResponseSchema>

/**
 * `POST /api/sfu/sweep`: how many rooms were compared with the media server, how many people were put out, how many
 * permissions and microphones were changed, and in how many rooms not everything succeeded. `nextDueInMs`: when the next
 * room is to be looked at; null where none is.
 */
export const sfuSweepResponseSchema = z.object({
  rooms: z.int(),
  removed: z.int(),
  changed: z.int(),
  failed: z.int(),
  nextDueInMs: z.int().nonnegative().nullable(),
})
export type SfuSweep = z.infer<typeof sfuSweepResponseSchema>
