import { z } from 'zod'

/** What one may show the others without a word. In the order of the menu. */
export const reactions = ['thumbsUp', 'heart', 'laugh', 'celebrate', 'idea', 'coffee'] as const
export const reactionSchema = z.enum(reactions)
export type Reaction = z.infer<typeof reactionSchema>
