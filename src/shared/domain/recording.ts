import { z } from 'zod'

const momentSchema = z.iso.datetime({ offset: true })

/** What somebody has said to a recording. */
const consentAnswerSchema = z.enum(['pending', 'given', 'refused', 'withdrawn'])
export type ConsentAnswer = z.infer<typeof consentAnswerSchema>

/** A recording of a room, or the request for one, as those inside see it. */
export const recordingSchema = z.object({
  id: z.uuid(),
  /** It is `requested` until everybody present has said yes. */
  status: z.enum(['requested', 'recording', 'ended']),
  /** Who asked, and who records; null once their account is gone. */
  requesterId: z.uuid().nullable(),
  startedAt: momentSchema.nullable(),
  endReason: z
    .enum(['stopped', 'refused', 'withdrawn', 'requester_left', 'room_closed', 'timed_out'])
    .nullable(),
  /** Of everybody inside, and a no that has ended it. */
  answers: z.array(z.object({ userId: z.uuid(), answer: consentAnswerSchema })),
  serverNow: momentSchema,
})
export type Recording = z.infer<typeof recordingSchema>

/** As one person gets it who joins: while `needsAnswer`, they send no media. */
export const openRecordingSchema = recordingSchema.extend({ needsAnswer: z.boolean() })
export type OpenRecording = z.infer<typeof openRecordingSchema>
