import type { NewRecurringRoom, RecurringRoom } from '../../../shared/api/recurringRooms.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { toWallClock } from '../../core/recurring/wallClock.ts'
import {
  buildWeeklyRule,
  parseRecurrence,
  type Weekday,
  weekdayOf,
  weekdays,
} from '../../core/recurring/weeklyRule.ts'

/** When a room repeats, as it is typed. */
export interface RepeatFields {
  readonly days: readonly Weekday[]
  /** `18:00`; empty while it is incomplete. */
  readonly time: string
  readonly durationMinutes: number
  readonly timeZone: string
}

/** What does not fit, by field. */
export interface RepeatProblems {
  readonly days?: 'missing'
  readonly time?: 'missing'
}

type Repeat = Pick<NewRecurringRoom, 'rrule' | 'startsAt' | 'timeZone' | 'durationMinutes'>

/** Lengths to choose from, in minutes. */
export const durationsMinutes = [30, 45, 60, 90, 120, 180, 240] as const

/** What the form begins with: today's day of the week, at the next full hour, where this computer is. */
export function suggestRepeat(nowMs: number, timeZone: string): RepeatFields {
  const { date, time } = toWallClock(nowMs + 3_600_000, timeZone)
  return { days: [weekdayOf(date)], time: `${time.slice(0, 2)}:00`, durationMinutes: 60, timeZone }
}

/** A recurring room's fields to change; null where its rule is more than the form can show. */
export function toRepeatFields(room: RecurringRoom): RepeatFields | null {
  const recurrence = parseRecurrence(room.rrule, room.startsAt)
  if (recurrence.kind === 'other') return null
  const { timeZone, durationMinutes, startsAt } = room
  return { days: recurrence.days, time: startsAt.slice(11, 16), durationMinutes, timeZone }
}

/** The rule that the fields stand for, from today on. */
export function parseRepeat(fields: RepeatFields, nowMs: number): Result<Repeat, RepeatProblems> {
  const isTime = /^([01]\d|2[0-3]):[0-5]\d$/.test(fields.time)
  if (fields.days.length === 0 || !isTime) {
    return err({
      ...(fields.days.length === 0 ? { days: 'missing' } : {}),
      ...(isTime ? {} : { time: 'missing' }),
    })
  }
  const { timeZone, durationMinutes } = fields
  const today = toWallClock(nowMs, timeZone).date
  return ok({
    rrule: buildWeeklyRule(fields.days),
    startsAt: `${today}T${fields.time}`,
    timeZone,
    durationMinutes,
  })
}

/** The days after one of them was pressed, in the order of the week. */
export function toggleDay(days: readonly Weekday[], day: Weekday): readonly Weekday[] {
  return weekdays.filter((candidate) => days.includes(candidate) !== (candidate === day))
}
