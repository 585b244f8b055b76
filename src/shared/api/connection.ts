import { z } from 'zod'
import { BANDWIDTH_TEST_MAX_BYTES } from '../limits.ts'
import { iceServerSchema } from './rooms.ts'

/** `GET /api/ice-servers` */
export const iceServersResponseSchema = z.object({ iceServers: z.array(iceServerSchema) })

/** `GET /api/bandwidth`: as many bytes that cannot be compressed. */
export const bandwidthQuerySchema = z.object({
  bytes: z
    .string()
    .regex(/^\d{1,9}$/, 'The number of bytes is a whole number.')
    .transform(Number)
    .pipe(
      z
        .int()
        .min(1, 'Ask for at least one byte.')
        .max(BANDWIDTH_TEST_MAX_BYTES, `Ask for at most ${BANDWIDTH_TEST_MAX_BYTES} bytes.`),
    )
    .default(1024 * 1024)
    .meta({
      description: 'How many bytes to send.',
      override: { type: 'integer', minimum: 1, maximum: BANDWIDTH_TEST_MAX_BYTES, default: 1024 * 1024 },
    }),
})

/** `POST /api/bandwidth`: what arrived, and in how long. */
export const bandwidthResponseSchema = z.object({
  bytes: z.int().meta({ description: 'Bytes that arrived.' }),
  durationMs: z.number().meta({ description: 'Milliseconds from the first of them to the last.' }),
})
