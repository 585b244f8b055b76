import type { StudyStatistics } from '../../../shared/api/study.ts'
import type { StudyOutcome, StudySession } from '../../../shared/domain/study.ts'
import type { Result } from '../../../shared/result.ts'
import type { RoomsFailure } from './rooms.ts'

type Answer<T> = Promise<Result<T, RoomsFailure>>

/** What a person means to study, and how long they did; for themselves alone, but for a goal that they share. */
export interface StudyPort {
  /** The session that is open; null: none. */
  current(): Answer<StudySession | null>
  /** The open session with this goal, which replaces another one; opened where there is none. */
  start(goal: string | null, sharesGoal: boolean): Answer<StudySession>
  /** How it went; it ends with that. */
  checkIn(sessionId: string, outcome: StudyOutcome, note: string | null): Answer<StudySession>
  /** Days as `YYYY-MM-DD`, both included, at most 366, as the time zone (IANA) counts them. */
  statistics(range: {
    readonly from: string
    readonly to: string
    readonly timeZone: string
  }): Answer<StudyStatistics>
}
