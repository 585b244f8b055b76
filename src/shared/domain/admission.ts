import { z } from 'zod'

/** Somebody who asks to come into a room with a waiting room. */
export const admissionSchema = z.object({
  userId: z.uuid(),
  displayName: z.string(),
  askedAt: z.iso.datetime({ offset: true }),
})
export type Admission = z.infer<typeof admissionSchema>
