import { z } from 'zod'
import { STUDY_GOAL_MAX_LENGTH, STUDY_NOTE_MAX_LENGTH } from '../limits.ts'

/** How a person says that a session went. */
export const studyOutcomeSchema = z.enum(['done', 'partly', 'not_done'])

/** Whole seconds, rounded down. */
const secondsSchema = z.int().min(0)

/** How long somebody was in rooms, and how much of it in focus: in focus phases, and wherever a room had no timer. */
export const studyTimeSchema = z.object({ presentSeconds: secondsSchema, focusedSeconds: secondsSchema })

/** A study session, for its person alone. */
export const studySessionSchema = studyTimeSchema.extend({
  id: z.uuid(),
  goal: z.string().min(1).max(STUDY_GOAL_MAX_LENGTH).nullable(),
  /** Those in the room read the goal while the session is open. */
  sharesGoal: z.boolean(),
  startedAt: z.iso.datetime({ offset: true }),
  /** When the person was last seen in it; null while it is open. */
  endedAt: z.iso.datetime({ offset: true }).nullable(),
  /** Null without a check-in. */
  outcome: studyOutcomeSchema.nullable(),
  note: z.string().min(1).max(STUDY_NOTE_MAX_LENGTH).nullable(),
})
export type StudySession = z.infer<typeof studySessionSchema>
export type StudyOutcome = z.infer<typeof studyOutcomeSchema>
