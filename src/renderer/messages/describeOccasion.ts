import type { TFunction } from 'i18next'
import type { RecurringRoom } from '../../shared/api/recurringRooms.ts'
import type { Occasion } from '../core/recurring/occasion.ts'
import { calendarDaysBetween } from '../core/recurring/wallClock.ts'
import { parseRecurrence, type Weekday, weekdays } from '../core/recurring/weeklyRule.ts'
import { joinList } from './joinList.ts'

/**
 * When something is, as one says it: "today 6:00 PM", "tomorrow 6:00 PM", "Thursday 6:00 PM", "Dec 3 6:00 PM", with the hours
 * of the language. In this computer's zone.
 */
export function describeMoment(t: TFunction, language: string, atMs: number, nowMs: number): string {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, options).format(atMs)
  const time = format({ timeStyle: 'short' })
  const days = calendarDaysBetween(nowMs, atMs)
  if (days === 0) return t('recurring.when.today', { time })
  if (days === 1) return t('recurring.when.tomorrow', { time })
  if (days > 1 && days < 7) return t('recurring.when.day', { day: format({ weekday: 'long' }), time })
  return t('recurring.when.day', { day: format({ day: 'numeric', month: 'short' }), time })
}

/** Where a recurring room stands, in a few words. */
export function describeOccasion(t: TFunction, language: string, occasion: Occasion, nowMs: number): string {
  switch (occasion.kind) {
    case 'live':
      return t('recurring.live', { count: occasion.count })
    case 'onNow':
      return t('recurring.onNow')
    case 'next':
      return describeMoment(t, language, occasion.startsAtMs, nowMs)
    case 'none':
      return t('recurring.over')
  }
}

/** How a recurring room repeats: "Tue, Thu at 6:00 PM", with the zone where it is another than this computer's. */
export function describeRecurrence(
  t: TFunction,
  language: string,
  room: Pick<RecurringRoom, 'rrule' | 'startsAt' | 'timeZone'>,
): string {
  const recurrence = parseRecurrence(room.rrule, room.startsAt)
  // The hour on a wall, whichever day and wall: as if it were one of UTC.
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone: 'UTC' }).format(
    Date.parse(`2026-01-05T${room.startsAt.slice(-5)}Z`),
  )
  const zone =
    room.timeZone === Intl.DateTimeFormat().resolvedOptions().timeZone
      ? ''
      : ` (${room.timeZone.replaceAll('_', ' ')})`
  if (recurrence.kind === 'other') return t('recurring.rule.other', { time, zone })
  if (recurrence.days.length === weekdays.length) return t('recurring.rule.daily', { time, zone })
  const days = joinList(
    language,
    recurrence.days.map((day) => nameWeekday(language, day, 'short')),
  )
  return t('recurring.rule.weekly', { days, time, zone })
}

/** A day of the week in the person's language. */
export function nameWeekday(language: string, day: Weekday, width: 'long' | 'short'): string {
  // 5 January 2026 is a Monday.
  const date = Date.UTC(2026, 0, 5 + weekdays.indexOf(day))
  return new Intl.DateTimeFormat(language, { weekday: width, timeZone: 'UTC' }).format(date)
}
