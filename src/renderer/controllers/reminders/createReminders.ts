import type { RecurringRoom } from '../../../shared/api/recurringRooms.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { NotebookPort } from '../../core/ports/desk.ts'
import { planReminders } from '../../core/reminders/planReminders.ts'

/** Timers of hours run late after sleep: one looks again at least this often. */
const LOOK_INTERVAL_MS = 30_000

/** Tells of recurring rooms before they begin. */
export interface Reminders {
  /** Something that counts has changed: the rooms, the settings, the room one is in. */
  look(): void
  dispose(): void
}

/** Carries out what `planReminders` decides. `leadMs` is null where the person wants none. */
export function createReminders(deps: {
  readonly clock: Clock
  readonly told: NotebookPort
  readonly rooms: () => readonly RecurringRoom[]
  readonly leadMs: () => number | null
  /** The recurring room that the person is in. */
  readonly currentId: () => string | null
  readonly notify: (room: RecurringRoom) => void
}): Reminders {
  const { clock, told } = deps
  let cancel: () => void = () => undefined
  let isOver = false

  function look(): void {
    cancel()
    if (isOver) return
    const nowMs = clock.now()
    const leadMs = deps.leadMs()
    let nextMs = LOOK_INTERVAL_MS
    if (leadMs !== null) {
      const before = told.read()
      const plan = planReminders({
        rooms: deps.rooms(),
        nowMs,
        leadMs,
        told: before,
        currentId: deps.currentId(),
      })
      // First remembered, then told: nothing that fails on the way makes a second one.
      if (plan.told.length !== before.length || plan.due.length > 0) told.write(plan.told)
      for (const room of plan.due) deps.notify(room)
      if (plan.nextAtMs !== null) nextMs = Math.min(nextMs, plan.nextAtMs - nowMs)
    }
    cancel = clock.schedule(nextMs, look)
  }

  look()
  return {
    look,
    dispose() {
      isOver = true
      cancel()
    },
  }
}
