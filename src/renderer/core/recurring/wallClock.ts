/** A moment as clocks on the wall show it in a place. */
export interface WallClock {
  /** `2026-11-24` */
  readonly date: string
  /** `18:05` */
  readonly time: string
}

/** What clocks show at a moment in a time zone of the IANA database; without one, where this computer is. */
export function toWallClock(atMs: number, timeZone?: string): WallClock {
  const parts = new Intl.DateTimeFormat('en', {
    ...(timeZone === undefined ? {} : { timeZone }),
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(atMs)
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((found) => found.type === type)?.value ?? ''
  return {
    date: `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
  }
}

/** Calendar days from one moment's day to the other's: 0 today, 1 tomorrow. */
export function calendarDaysBetween(fromMs: number, toMs: number, timeZone?: string): number {
  const dayOf = (atMs: number) => Date.parse(`${toWallClock(atMs, timeZone).date}T00:00:00Z`)
  return Math.round((dayOf(toMs) - dayOf(fromMs)) / 86_400_000)
}
