import type { StudyStatistics } from '../../../shared/api/study.ts'

/** One day of the chart. */
export interface StudyDay {
  /** `YYYY-MM-DD` */
  readonly day: string
  readonly focusedMinutes: number
  readonly presentMinutes: number
  readonly isToday: boolean
}

const DAY_MS = 86_400_000

/** So many days before a day; both as `YYYY-MM-DD`. Dates alone: no time zone comes into it. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10)
}

/** The seven days up to today, also those on which nothing was done. */
export function selectWeek({ days, today }: Pick<StudyStatistics, 'days' | 'today'>): readonly StudyDay[] {
  const known = new Map(days.map((row) => [row.day, row]))
  return Array.from({ length: 7 }, (_unused, index) => {
    const day = addDays(today, index - 6)
    const row = known.get(day)
    return {
      day,
      focusedMinutes: Math.round((row?.focusedSeconds ?? 0) / 60),
      presentMinutes: Math.round((row?.presentSeconds ?? 0) / 60),
      isToday: day === today,
    }
  })
}

/** The top of the chart: the next whole hour, and never less than one, so that little looks like little. */
export function selectChartTopMinutes(week: readonly StudyDay[]): number {
  const most = Math.max(0, ...week.map((day) => day.presentMinutes))
  return Math.max(60, Math.ceil(most / 60) * 60)
}

/** Days as a table for spreadsheets (RFC 4180): date, minutes in focus, minutes in rooms. */
export function toCsv(days: StudyStatistics['days']): string {
  const rows = days
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))
    .map(({ day, focusedSeconds, presentSeconds }) =>
      [day, toMinutes(focusedSeconds), toMinutes(presentSeconds)].join(','),
    )
  return ['date,focused_minutes,present_minutes', ...rows, ''].join('\r\n')
}

function toMinutes(seconds: number): string {
  return (seconds / 60).toFixed(1)
}
