import { z } from 'zod'
import { admissionSchema } from '../domain/admission.ts'

/** `POST /api/rooms/:id/admission`: how one's own asking stands. `none`: one does not wait (any more). */
export const admissionStateSchema = z.enum(['waiting', 'admitted', 'refused', 'none'])
export type AdmissionState = z.infer<typeof admissionStateSchema>
export const awaitAdmissionResponseSchema = z.object({
  state: admissionStateSchema.meta({ description: '`admitted`: join again, with what was shown before.' }),
})

/** `GET /api/rooms/:id/admissions` */
export const admissionsResponseSchema = z.object({
  admissions: z.array(admissionSchema).meta({ description: 'First come first; at most 20.' }),
})

/** `PUT /api/rooms/:id/admissions/:userId` */
export const decideAdmissionRequestSchema = z.object({
  isAdmitted: z.boolean('Send true or false.').meta({ description: 'Let in, or “not now”.' }),
})
