import { z } from 'zod'
import { PERSON_CHOICES_MAX_COUNT } from '../limits.ts'

/** What one has chosen about somebody, for oneself alone: nobody is told of it. */
export interface PersonChoice {
  /** How loud they are, 0 to 100, of how loud they come. */
  readonly volumePercent: number
  readonly isSilenced: boolean
  /** Neither their picture nor their screen is wanted. */
  readonly isHidden: boolean
}

/**
 * What is kept of it from one call to the next, under people's ids; whoever was changed last comes last, and the first are forgotten where
 * there are too many.
 */
export const keptPersonChoicesSchema = z.strictObject({
  version: z.literal(1),
  people: z
    .array(
      z.strictObject({
        userId: z.string().min(1).max(64),
        volumePercent: z.int().min(0).max(100),
        isSilenced: z.boolean(),
        isHidden: z.boolean(),
      }),
    )
    .max(PERSON_CHOICES_MAX_COUNT),
})
