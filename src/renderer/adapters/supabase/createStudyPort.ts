import { maybeStudySessionSchema, studyStatisticsSchema } from '../../../shared/api/study.ts'
import { studySessionSchema } from '../../../shared/domain/study.ts'
import type { StudyPort } from '../../core/ports/study.ts'
import { callFunction } from './callFunction.ts'
import type { RequestOptions } from './sendRequest.ts'

/** Study sessions and statistics by the functions of the schema. */
export function createStudyPort(options: RequestOptions): StudyPort {
  return {
    current: () => callFunction(options, 'get_study_session', {}, maybeStudySessionSchema),
    start: (goal, sharesGoal) =>
      callFunction(
        options,
        'start_study_session',
        { p_goal: goal, p_shares_goal: sharesGoal },
        studySessionSchema,
      ),
    checkIn: (sessionId, outcome, note) =>
      callFunction(
        options,
        'check_in_study_session',
        { p_session_id: sessionId, p_outcome: outcome, p_note: note },
        studySessionSchema,
      ),
    statistics: ({ from, to, timeZone }) =>
      callFunction(
        options,
        'my_statistics',
        { p_from: from, p_to: to, p_time_zone: timeZone },
        studyStatisticsSchema,
      ),
  }
}
