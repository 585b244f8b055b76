import { createStore } from 'zustand/vanilla'
import { addDays } from '../../core/study/selectWeek.ts'
import type { StudyPort } from '../../core/ports/study.ts'
import type { StudyController, StudySnapshot } from '../contracts.ts'

/** As far back as statistics are read: enough for a table of the year. */
const DAYS_BACK = 365

const nothing: StudySnapshot = {
  session: null,
  unsavedGoal: null,
  statistics: null,
  isBusy: false,
  failure: null,
}

/** A person's own goals and statistics. What was read of the session before it was changed is worth nothing. */
export function createStudyController(deps: {
  readonly port: StudyPort
  /** Today, `YYYY-MM-DD`, and the zone that says so. */
  readonly today: () => { readonly day: string; readonly timeZone: string }
}): StudyController {
  const { port } = deps
  const store = createStore<StudySnapshot>(() => nothing)
  let reading = 0

  return {
    store,
    async readSession() {
      const current = ++reading
      const answer = await port.current()
      if (current === reading && answer.ok) store.setState({ session: answer.value })
    },
    async readStatistics() {
      store.setState({ isBusy: true, failure: null })
      const { day, timeZone } = deps.today()
      const answer = await port.statistics({ from: addDays(day, -DAYS_BACK), to: day, timeZone })
      store.setState(
        answer.ok ? { isBusy: false, statistics: answer.value } : { isBusy: false, failure: answer.error },
      )
    },
    async setGoal(goal, sharesGoal) {
      reading += 1
      const answer = await port.start(goal === '' ? null : goal, sharesGoal && goal !== '')
      store.setState(
        answer.ok
          ? { session: answer.value, unsavedGoal: null, failure: null }
          : { unsavedGoal: { goal, failure: answer.error } },
      )
      return answer.ok
    },
    async checkIn(outcome) {
      const { session } = store.getState()
      if (session === null) return
      reading += 1
      const answer = await port.checkIn(session.id, outcome, null)
      // One that is not there any more has nothing to be asked about.
      if (answer.ok || answer.error.kind === 'not_found')
        store.setState({ session: null, unsavedGoal: null, failure: null })
      else store.setState({ failure: answer.error })
    },
    dismissSession() {
      reading += 1
      store.setState({ session: null, unsavedGoal: null })
    },
  }
}
