import { z } from 'zod'

/** Stable codes of the HTTP API. A client decides by the code; the message is for a person. */
export const apiErrorCodeSchema = z.enum([
  'not_signed_in',
  'invalid_input',
  'room_unavailable',
  'room_full',
  'room_closed',
  'room_locked',
  'admission_needed',
  'admission_refused',
  'not_creator',
  'not_participant',
  'not_allowed',
  'not_found',
  'rate_limited',
  'sfu_unavailable',
  'recording_needs_consent',
  'internal',
])
export type ApiErrorCode = z.infer<typeof apiErrorCodeSchema>

/** The body of every refusal. `retryAfterSeconds` is there when waiting helps. */
export const apiErrorBodySchema = z.object({
  error: z.object({
    code: apiErrorCodeSchema,
    message: z.string(),
    retryAfterSeconds: z.number().int().positive().optional(),
  }),
})
export type ApiErrorBody = z.infer<typeof apiErrorBodySchema>
