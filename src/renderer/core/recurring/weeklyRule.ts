/** Days of the week as RFC 5545 names them, from Monday on. */
export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type Weekday = (typeof weekdays)[number]

/** How often a room is on, as far as it can be said in few words. */
export type Recurrence =
  { readonly kind: 'weekly'; readonly days: readonly Weekday[] } | { readonly kind: 'other' }

/** The rule for these days of every week, in the subset of RFC 5545 that the database takes (docs/recurring-rooms.md). */
export function buildWeeklyRule(days: readonly Weekday[]): string {
  return `FREQ=WEEKLY;BYDAY=${inOrder(days).join(',')}`
}

/** What a rule says, for a room that began at the wall-clock time `startsAt`. A daily rule is a weekly one of all days. */
export function parseRecurrence(rrule: string, startsAt: string): Recurrence {
  const parts = new Map(rrule.split(';').map((part) => split(part)))
  for (const name of parts.keys()) {
    // A WKST alone changes nothing without an INTERVAL.
    if (!['FREQ', 'BYDAY', 'WKST', 'INTERVAL'].includes(name)) return { kind: 'other' }
  }
  if ((parts.get('INTERVAL') ?? '1') !== '1') return { kind: 'other' }
  const named = parts.get('BYDAY')?.split(',')
  const days = named?.filter(isWeekday)
  if (named?.length !== days?.length) return { kind: 'other' }
  switch (parts.get('FREQ')) {
    case 'DAILY':
      return { kind: 'weekly', days: inOrder(days ?? weekdays) }
    case 'WEEKLY':
      return { kind: 'weekly', days: inOrder(days ?? [weekdayOf(startsAt)]) }
    default:
      return { kind: 'other' }
  }
}

/** The day of the week of a wall-clock time or date. */
export function weekdayOf(wallClock: string): Weekday {
  const [year = 0, month = 1, day = 1] = wallClock.slice(0, 10).split('-').map(Number)
  // Days count from Sunday there.
  return weekdays[(new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7] ?? 'MO'
}

function split(part: string): [name: string, value: string] {
  const at = part.indexOf('=')
  return [part.slice(0, at).toUpperCase(), part.slice(at + 1).toUpperCase()]
}

function isWeekday(text: string): text is Weekday {
  return weekdays.some((day) => day === text)
}

function inOrder(days: readonly Weekday[]): readonly Weekday[] {
  return weekdays.filter((day) => days.includes(day))
}
