import { z } from 'zod'
import { studyOutcomeSchema, studySessionSchema, studyTimeSchema } from '../domain/study.ts'
import { STATISTICS_MAX_DAYS, STUDY_GOAL_MAX_LENGTH, STUDY_NOTE_MAX_LENGTH } from '../limits.ts'

/** For forms: the argument `p_goal` of `start_study_session`, which cleans it. */
export const studyGoalSchema = z
  .string('Say in words what you want to do.')
  .trim()
  .max(STUDY_GOAL_MAX_LENGTH, `A goal has at most ${STUDY_GOAL_MAX_LENGTH} characters.`)

/** For forms: the arguments `p_outcome` and `p_note` of `check_in_study_session`. */
export const checkInSchema = z.object({
  outcome: studyOutcomeSchema,
  note: z
    .string('Send the note as text.')
    .trim()
    .max(STUDY_NOTE_MAX_LENGTH, `A note has at most ${STUDY_NOTE_MAX_LENGTH} characters.`)
    .nullable(),
})

/** The answer of `get_study_session` and `end_study_session`. */
export const maybeStudySessionSchema = studySessionSchema.nullable()
/** The answer of `list_study_sessions`: newest first; the next page comes before the last one's `startedAt` and `id`. */
export const studySessionPageSchema = z.array(studySessionSchema)

const countSchema = z.int().min(0)

/**
 * The answer of `my_statistics`. Days are those of `timeZone`, weeks begin on Monday. Rows are flat, so that each list is a
 * table; days, weeks and tags without any presence are left out.
 */
export const studyStatisticsSchema = z.object({
  timeZone: z.string(),
  from: z.iso.date(),
  to: z.iso.date(),
  today: z.iso.date(),
  days: z.array(studyTimeSchema.extend({ day: z.iso.date() })).max(STATISTICS_MAX_DAYS),
  weeks: z.array(
    studyTimeSchema.extend({
      /** ISO 8601, `2026-W48`. */
      week: z.string(),
      startsOn: z.iso.date(),
      /** Days with any presence. */
      dayCount: countSchema,
    }),
  ),
  /** Most focus first, at most 100. A room with several tags counts for each; null: rooms without one. */
  tags: z.array(studyTimeSchema.extend({ tag: z.string().nullable() })).max(100),
  /** Sessions are those that began on one of the days. */
  totals: studyTimeSchema.extend({
    dayCount: countSchema,
    sessionCount: countSchema,
    doneCount: countSchema,
    partlyCount: countSchema,
    notDoneCount: countSchema,
  }),
  /**
   * Days with five minutes of focus, in stretches in which any seven days in a row miss one at most. Looks at everything
   * that is kept, whatever days were asked for.
   */
  streak: z.object({
    currentDays: countSchema,
    longestDays: countSchema,
    /** The last day that counts; null where none does. */
    lastDay: z.iso.date().nullable(),
    isTodayCounted: z.boolean(),
  }),
})
export type StudyStatistics = z.infer<typeof studyStatisticsSchema>
