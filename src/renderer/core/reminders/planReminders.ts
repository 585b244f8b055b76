import type { RecurringRoom } from '../../../shared/api/recurringRooms.ts'

/** Somebody who opens the app right after the beginning is still told; later the lobby says it. */
const LATE_MS = 2 * 60_000
/** Occasions that are remembered as told: more than anybody has between two looks. */
const TOLD_MAX_COUNT = 200

/** Which recurring rooms to tell of now, and when to look again. */
export interface ReminderPlan {
  readonly due: readonly RecurringRoom[]
  /** Occasions that nobody is to be told of (again), the latest last. */
  readonly told: readonly string[]
  /** The next moment at which something falls due; null: nothing in sight. */
  readonly nextAtMs: number | null
}

/**
 * Tells of each occasion once, `leadMs` before it begins or, when the computer slept then, until shortly after. Nobody is told of a
 * room that they are in. Decided by the time alone, so that sleep, a changed clock or a second look make no second notification.
 */
export function planReminders(input: {
  readonly rooms: readonly RecurringRoom[]
  readonly nowMs: number
  readonly leadMs: number
  readonly told: readonly string[]
  /** The recurring room that the person is in. */
  readonly currentId: string | null
}): ReminderPlan {
  const { nowMs, leadMs } = input
  const told = new Set(input.told)
  const due: RecurringRoom[] = []
  let nextAtMs: number | null = null
  for (const room of input.rooms) {
    if (room.nextStartsAt === null) continue
    const startsAtMs = Date.parse(room.nextStartsAt)
    const key = `${room.id}@${startsAtMs}`
    const dueAtMs = startsAtMs - leadMs
    if (told.has(key) || nowMs >= startsAtMs + LATE_MS) continue
    if (nowMs < dueAtMs) {
      nextAtMs = nextAtMs === null ? dueAtMs : Math.min(nextAtMs, dueAtMs)
      continue
    }
    told.add(key)
    if (room.id !== input.currentId) due.push(room)
  }
  return { due, told: [...told].slice(-TOLD_MAX_COUNT), nextAtMs }
}
