import { createStore } from 'zustand/vanilla'
import type { StudyController, StudySnapshot } from '../controllers/contracts.ts'
import { addDays } from '../core/study/selectWeek.ts'

const today = '2026-11-26'
const minutes = [95, 150, 0, 40, 180, 125, 55]

/** A week like many. */
export function fakeStudy(goal: string | null): StudyController {
  const done = () => Promise.resolve()
  const days = minutes.map((count, index) => ({
    day: addDays(today, index - 6),
    presentSeconds: count * 60 + (count > 0 ? 1_500 : 0),
    focusedSeconds: count * 60,
  }))
  return {
    store: createStore<StudySnapshot>(() => ({
      session:
        goal === null
          ? null
          : {
              id: 'session',
              goal,
              sharesGoal: false,
              startedAt: `${today}T17:00:00.000Z`,
              endedAt: null,
              outcome: null,
              note: null,
              presentSeconds: 3_000,
              focusedSeconds: 3_000,
            },
      unsavedGoal: null,
      statistics: {
        timeZone: 'Europe/Berlin',
        from: addDays(today, -365),
        to: today,
        today,
        days,
        weeks: [],
        tags: [],
        totals: {
          presentSeconds: 0,
          focusedSeconds: 0,
          dayCount: 6,
          sessionCount: 9,
          doneCount: 5,
          partlyCount: 2,
          notDoneCount: 1,
        },
        streak: { currentDays: 12, longestDays: 31, lastDay: today, isTodayCounted: true },
      },
      isBusy: false,
      failure: null,
    })),
    readSession: done,
    readStatistics: done,
    setGoal: () => Promise.resolve(true),
    checkIn: done,
    dismissSession: () => undefined,
  }
}
