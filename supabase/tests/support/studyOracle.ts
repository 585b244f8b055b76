import type { RoomTimer } from '../../../src/shared/domain/timer.ts'
import { timerAt } from '../../../src/shared/domain/timerAt.ts'

/**
 * What the database should say of somebody's study, worked out another way: by intervals cut at whole minutes, the timer
 * walked phase by phase, days from the calendar of the JavaScript engine, streaks by trying every stretch.
 */

const GAP_MS = 3 * 60_000
const EXPIRY_MS = 30 * 60_000
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** A room's timer from `sinceMs` on, until the next one of the list; null: none. */
export interface TimerStretch {
  readonly timer: RoomTimer | null
  readonly sinceMs: number
}

export interface StudyRoom {
  readonly tags: readonly string[]
  readonly timers: readonly TimerStretch[]
}

/** A sign of life in a room, or the end of a stay there (`isEnd`), in the order of their moments. */
export interface StudySign {
  readonly room: number
  readonly atMs: number
  readonly isEnd: boolean
}

export interface StudySpan {
  readonly fromMs: number
  readonly toMs: number
  readonly room: number
}

export interface StudySession {
  readonly startedAtMs: number
  readonly presentMs: number
}

/** The spans that count, and the sessions that they belong to. */
export function spansOf(signs: readonly StudySign[]): {
  readonly spans: readonly StudySpan[]
  readonly sessions: readonly StudySession[]
} {
  const spans: StudySpan[] = []
  const sessions: { startedAtMs: number; presentMs: number }[] = []
  let last: { readonly atMs: number; readonly room: number } | null = null
  for (const sign of signs) {
    if (last !== null && sign.atMs <= last.atMs) continue
    if (sign.isEnd && last === null) continue
    const session = sessions.at(-1)
    const isNew = session === undefined || last === null || sign.atMs - last.atMs > EXPIRY_MS
    if (isNew && !sign.isEnd) sessions.push({ startedAtMs: sign.atMs, presentMs: 0 })
    const current = sessions.at(-1)
    if (last !== null && sign.atMs - last.atMs <= GAP_MS) {
      spans.push({ fromMs: last.atMs, toMs: sign.atMs, room: last.room })
      if (current) current.presentMs += sign.atMs - last.atMs
    }
    last = { atMs: sign.atMs, room: sign.isEnd && last !== null ? last.room : sign.room }
  }
  return { spans, sessions }
}

/** Focus of a timer that stands still from `fromMs` to `toMs`, phase by phase. */
function walkFocusMs(timer: RoomTimer, fromMs: number, toMs: number): number {
  let focusMs = 0
  for (let atMs = fromMs; atMs < toMs;) {
    const moment = timerAt(timer, atMs)
    if (moment.isPaused || moment.isOver) return focusMs
    const untilMs = Math.min(moment.endsAtMs, toMs)
    if (moment.phase === 'focus') focusMs += untilMs - atMs
    atMs = untilMs
  }
  return focusMs
}

function focusMsOf(room: StudyRoom, fromMs: number, toMs: number): number {
  return room.timers.reduce((sumMs, { timer, sinceMs }, index) => {
    const lowMs = Math.max(fromMs, sinceMs)
    const highMs = Math.min(toMs, room.timers[index + 1]?.sinceMs ?? Infinity)
    if (lowMs >= highMs) return sumMs
    return sumMs + (timer === null ? highMs - lowMs : walkFocusMs(timer, lowMs, highMs))
  }, 0)
}

/** Something counted in one minute. */
export interface StudyPiece {
  readonly day: string
  readonly tags: readonly string[]
  readonly presentMs: number
  readonly focusedMs: number
}

/** The day of a moment, by the engine's own calendar. */
export function dayIn(timeZone: string): (atMs: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  return (atMs) => format.format(atMs)
}

export function piecesOf(
  spans: readonly StudySpan[],
  rooms: readonly StudyRoom[],
  timeZone: string,
): readonly StudyPiece[] {
  const day = dayIn(timeZone)
  return spans.flatMap(({ fromMs, toMs, room: index }) => {
    const room = rooms[index]
    if (!room) throw new Error('there is no such room')
    const pieces: StudyPiece[] = []
    for (let atMs = fromMs; atMs < toMs;) {
      const untilMs = Math.min(toMs, (Math.floor(atMs / MINUTE_MS) + 1) * MINUTE_MS)
      pieces.push({
        day: day(atMs),
        tags: room.tags,
        presentMs: untilMs - atMs,
        focusedMs: focusMsOf(room, atMs, untilMs),
      })
      atMs = untilMs
    }
    return pieces
  })
}

/** Milliseconds since 1970 of a day's beginning in UTC; for counting days, never for moments. */
const dayMs = (day: string): number => Date.parse(`${day}T00:00:00Z`)
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** The Monday of a day's week. */
export function mondayOf(day: string): string {
  return dayOf(dayMs(day) - ((new Date(dayMs(day)).getUTCDay() + 6) % 7) * DAY_MS)
}

/** A day's week as ISO 8601 names it: the week's Thursday says in which year it is. */
export function weekOf(day: string): string {
  const thursdayMs = dayMs(mondayOf(day)) + 3 * DAY_MS
  const year = new Date(thursdayMs).getUTCFullYear()
  const week = Math.floor((thursdayMs - Date.UTC(year, 0, 1)) / DAY_MS / 7) + 1
  return `${year}-W${String(week).padStart(2, '0')}`
}

/** Streaks over the days that count, by trying every stretch. */
export function streakOf(days: ReadonlySet<string>, today: string): object {
  const sorted = [...days].filter((day) => day <= today).sort()
  const isStreak = (firstMs: number, endMs: number): boolean => {
    let lastMissMs = -Infinity
    for (let ms = firstMs; ms < endMs; ms += DAY_MS) {
      if (days.has(dayOf(ms))) continue
      if (ms - lastMissMs < 7 * DAY_MS) return false
      lastMissMs = ms
    }
    return true
  }
  const lengthFrom = (index: number, last: string, endMs: number): number => {
    const first = sorted[index]
    if (first === undefined || !isStreak(dayMs(first), endMs)) return 0
    return sorted.filter((day) => day >= first && day <= last).length
  }
  const longestUntil = (last: string, endMs: number): number =>
    Math.max(0, ...sorted.map((first, index) => (first <= last ? lengthFrom(index, last, endMs) : 0)))
  const lastDay = sorted.at(-1)
  return {
    // Today is not over, so that it is not missed yet.
    currentDays: lastDay === undefined ? 0 : longestUntil(lastDay, dayMs(today)),
    longestDays: Math.max(0, ...sorted.map((day) => longestUntil(day, dayMs(day) + DAY_MS))),
    lastDay: lastDay ?? null,
    isTodayCounted: lastDay === today,
  }
}

type Sums = { presentMs: number; focusedMs: number }

function sumBy<K>(pieces: readonly StudyPiece[], keysOf: (piece: StudyPiece) => readonly K[]): Map<K, Sums> {
  const sums = new Map<K, Sums>()
  for (const piece of pieces)
    for (const key of keysOf(piece)) {
      const sum = sums.get(key) ?? { presentMs: 0, focusedMs: 0 }
      sum.presentMs += piece.presentMs
      sum.focusedMs += piece.focusedMs
      sums.set(key, sum)
    }
  return sums
}

const seconds = ({ presentMs, focusedMs }: Sums): object => ({
  presentSeconds: Math.floor(presentMs / 1_000),
  focusedSeconds: Math.floor(focusedMs / 1_000),
})

/** What `my_statistics` should answer, but for how sessions ended. Tags are sorted by name. */
export function statisticsOf(
  pieces: readonly StudyPiece[],
  sessions: readonly StudySession[],
  range: { readonly from: string; readonly to: string; readonly timeZone: string; readonly nowMs: number },
): object {
  const { from, to, timeZone, nowMs } = range
  const day = dayIn(timeZone)
  const inside = pieces.filter((piece) => piece.day >= from && piece.day <= to)
  const days = sumBy(inside, (piece) => [piece.day])
  const counted = [...sumBy(pieces, (piece) => [piece.day])].filter(([, sums]) => sums.focusedMs >= 300_000)
  const byKey = (
    [left]: readonly [string | null, unknown],
    [right]: readonly [string | null, unknown],
  ): number => ((left ?? '') < (right ?? '') ? -1 : 1)
  return {
    timeZone,
    from,
    to,
    today: day(nowMs),
    days: [...days].sort(byKey).map(([name, sums]) => Object.assign({ day: name }, seconds(sums))),
    weeks: [...sumBy(inside, (piece) => [mondayOf(piece.day)])].sort(byKey).map(([startsOn, sums]) =>
      Object.assign(
        {
          week: weekOf(startsOn),
          startsOn,
          dayCount: [...days.keys()].filter((name) => mondayOf(name) === startsOn).length,
        },
        seconds(sums),
      ),
    ),
    tags: [...sumBy<string | null>(inside, (piece) => (piece.tags.length === 0 ? [null] : piece.tags))]
      .sort(byKey)
      .map(([tag, sums]) => Object.assign({ tag }, seconds(sums))),
    totals: {
      dayCount: days.size,
      sessionCount: sessions.filter(({ startedAtMs }) => day(startedAtMs) >= from && day(startedAtMs) <= to)
        .length,
      ...seconds(sumBy(inside, () => ['']).get('') ?? { presentMs: 0, focusedMs: 0 }),
    },
    streak: streakOf(new Set(counted.map(([name]) => name)), day(nowMs)),
  }
}
