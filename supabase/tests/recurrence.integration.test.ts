import * as fc from 'fast-check'
import postgres, { type Sql } from 'postgres'
import { rrulestr } from 'rrule'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestBackend, type TestBackend } from '../../test/support/backend.ts'

const DAY_MS = 86_400_000
/** How far `private.next_occurrence` looks. */
const HORIZON_DAYS = 3653
const CASES_PER_RUN = 50
const RUNS = 15

let backend: TestBackend
let sql: Sql

beforeAll(async () => {
  backend = await startTestBackend()
  sql = postgres(backend.databaseUrl, { max: 1, onnotice: () => {} })
})

afterAll(async () => {
  await sql.end()
  await backend.stop()
})

interface Case {
  readonly rule: string
  /** Wall-clock time, as milliseconds of the same time in UTC. */
  readonly startsAtMs: number
  readonly timeZone: string
  readonly afterMs: number
}

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Milliseconds that a zone's clocks are ahead of UTC at a moment, by the zone data of Node. */
function offsetMs(momentMs: number, timeZone: string): number {
  let formatter = formatters.get(timeZone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formatters.set(timeZone, formatter)
  }
  const parts = Object.fromEntries(
    formatter.formatToParts(momentMs).map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - momentMs
}

/** A wall-clock time's moment: the first of two, and with the offset from before the change where there is none. */
function toMomentMs(localMs: number, timeZone: string): number {
  const [before, after] = [localMs - DAY_MS, localMs + DAY_MS].map((ms) => localMs - offsetMs(ms, timeZone))
  if (before === undefined || after === undefined) throw new Error('two offsets were asked for')
  const shown = [before, after].filter((ms) => ms + offsetMs(ms, timeZone) === localMs)
  return shown.length === 0 ? before : Math.min(...shown)
}

/** What the package says, in ISO format; null when nothing follows. */
function computeNext({ rule, startsAtMs, timeZone, afterMs }: Case): string | null {
  const until = /UNTIL=(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(rule)?.slice(1).map(Number)
  const untilMs =
    until === undefined
      ? Number.POSITIVE_INFINITY
      : Date.UTC(
          until[0] ?? 0,
          (until[1] ?? 1) - 1,
          until[2] ?? 1,
          until[3] ?? 0,
          until[4] ?? 0,
          until[5] ?? 0,
        )
  // The package knows UNTIL as a moment only, and compares it with wall-clock times: so we do that here.
  const parsed = rrulestr(
    rule.replace(/;UNTIL=\d{8}T\d{6}Z/, '').replace(/UNTIL=(\d{8})$/, 'UNTIL=$1T235959Z'),
    { dtstart: new Date(startsAtMs) },
  )
  const startOfDay = (ms: number): number => Math.floor(ms / DAY_MS) * DAY_MS
  const fromMs = Math.max(startsAtMs, startOfDay(afterMs + offsetMs(afterMs, timeZone)) - DAY_MS)
  const horizonMs = startOfDay(fromMs) + (HORIZON_DAYS + 1) * DAY_MS - 1
  let next: number | null = null
  parsed.all((date) => {
    if (date.getTime() > horizonMs) return false
    const momentMs = toMomentMs(date.getTime(), timeZone)
    if (momentMs <= afterMs) return true
    next = momentMs <= untilMs ? momentMs : null
    return false
  })
  return next === null ? null : new Date(next).toISOString()
}

/** Asked for again and again while a failing case is made smaller. */
const known = new Map<string, string | null>()

function expectedNext(one: Case): string | null {
  const key = JSON.stringify(one)
  const found = known.get(key)
  if (found !== undefined) return found
  const next = computeNext(one)
  known.set(key, next)
  return next
}

const weekday = fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU')
const nth = fc.constantFrom(1, 2, 3, 4, 5, -1, -2, -3, -4, -5)
const monthDay = fc.oneof(fc.integer({ min: 1, max: 31 }), fc.integer({ min: -31, max: -1 }))
const some = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> =>
  fc.array(item, { minLength: 1, maxLength: 4 })

/** Plain and nth weekdays are not mixed: the package takes what is in both, RFC 5545 what is in either. */
const byDay = {
  DAILY: some(weekday),
  WEEKLY: some(weekday),
  MONTHLY: fc.oneof(some(weekday), some(fc.tuple(nth, weekday).map(([number, day]) => `${number}${day}`))),
}

const pad = (value: number): string => String(value).padStart(2, '0')
const asUntil = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '')

const ruleArbitrary = fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY').chain((frequency) =>
  fc
    .record({
      interval: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 30 })),
      byDay: fc.option(byDay[frequency]),
      byMonthDay: frequency === 'WEEKLY' ? fc.constant(null) : fc.option(some(monthDay), { freq: 2 }),
      weekStart: fc.option(weekday),
      end: fc.oneof(
        fc.constant(''),
        fc.integer({ min: 1, max: 1000 }).map((count) => `;COUNT=${count}`),
        fc.integer({ min: 1, max: 20 }).map((count) => `;COUNT=${count}`),
        fc
          .date({ min: new Date('2018-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
          .map(
            (date) =>
              `;UNTIL=${date.getUTCFullYear()}${pad(date.getUTCMonth() + 1)}${pad(date.getUTCDate())}`,
          ),
        fc
          .date({ min: new Date('2018-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
          .map((date) => `;UNTIL=${asUntil(date.getTime())}`),
      ),
    })
    .map(
      (rule) =>
        `FREQ=${frequency};INTERVAL=${rule.interval}` +
        (rule.byDay === null ? '' : `;BYDAY=${rule.byDay.join(',')}`) +
        (rule.byMonthDay === null ? '' : `;BYMONTHDAY=${rule.byMonthDay.join(',')}`) +
        (rule.weekStart === null ? '' : `;WKST=${rule.weekStart}`) +
        rule.end,
    ),
)

const minuteMs = 60_000
const timeZones = [
  'Europe/Berlin',
  'America/New_York',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Asia/Kolkata',
  'UTC',
] as const
const caseArbitrary: fc.Arbitrary<Case> = fc.record({
  rule: ruleArbitrary,
  startsAtMs: fc
    .integer({ min: Date.UTC(2018, 0, 1) / minuteMs, max: Date.UTC(2027, 0, 1) / minuteMs })
    // Often at the hours at which clocks change.
    .chain((minute) =>
      fc.constantFrom(
        minute,
        minute - (minute % 1440) + 150,
        minute - (minute % 1440) + 30,
        minute - (minute % 1440),
      ),
    )
    .map((minute) => minute * minuteMs),
  timeZone: fc.constantFrom(...timeZones),
  afterMs: fc
    .integer({ min: Date.UTC(2017, 0, 1) / minuteMs, max: Date.UTC(2031, 0, 1) / minuteMs })
    .map((minute) => minute * minuteMs),
})

/** The moments, within a minute, at which a zone's clocks change. */
function changesOf(timeZone: string): readonly number[] {
  const changes: number[] = []
  for (let ms = Date.UTC(2019, 0, 1); ms < Date.UTC(2027, 0, 1); ms += DAY_MS) {
    if (offsetMs(ms, timeZone) === offsetMs(ms + DAY_MS, timeZone)) continue
    let [low, high] = [ms, ms + DAY_MS]
    while (high - low > minuteMs) {
      const middle = (low + high) / 2
      if (offsetMs(middle, timeZone) === offsetMs(ms, timeZone)) low = middle
      else high = middle
    }
    changes.push(Math.floor(high / minuteMs) * minuteMs)
  }
  return changes
}

const changes = timeZones.flatMap((timeZone) =>
  changesOf(timeZone).map((changeMs) => ({ timeZone, changeMs })),
)

/** Occasions at the very minutes that clocks skip or show twice, and moments around them. */
const changeArbitrary: fc.Arbitrary<Case> = fc
  .record({
    rule: fc.constantFrom(
      'FREQ=DAILY',
      'FREQ=WEEKLY;BYDAY=SA,SU,MO',
      'FREQ=DAILY;INTERVAL=2',
      'FREQ=DAILY;COUNT=9',
    ),
    change: fc.constantFrom(...changes),
    daysBefore: fc.integer({ min: 0, max: 10 }),
    minutes: fc.integer({ min: -100, max: 100 }),
    afterMinutes: fc.integer({ min: -1600, max: 1600 }),
  })
  .map(({ rule, change: { timeZone, changeMs }, daysBefore, minutes, afterMinutes }) => ({
    rule,
    timeZone,
    startsAtMs: changeMs + offsetMs(changeMs, timeZone) + minutes * minuteMs - daysBefore * DAY_MS,
    afterMs: changeMs + afterMinutes * minuteMs,
  }))

/** The moment just before, and of, an occasion is where a comparison goes wrong first. */
function withNeighbours(one: Case): readonly Case[] {
  const next = expectedNext(one)
  if (next === null) return [one]
  const nextMs = Date.parse(next)
  return [one, { ...one, afterMs: nextMs }, { ...one, afterMs: nextMs - 1 }]
}

async function askDatabase(cases: readonly Case[]): Promise<readonly (string | null)[]> {
  const rows = cases.map((one, index) => ({
    index,
    rule: one.rule,
    starts_at: new Date(one.startsAtMs).toISOString().slice(0, 19),
    time_zone: one.timeZone,
    after: new Date(one.afterMs).toISOString(),
  }))
  const answers = await sql<{ next: Date | null }[]>`
    select private.next_occurrence(c.rule, c.starts_at, c.time_zone, c.after) as next
    from jsonb_to_recordset(${sql.json(rows)})
      as c (index int, rule text, starts_at timestamp, time_zone text, after timestamptz)
    order by c.index`
  return answers.map(({ next }) => next?.toISOString() ?? null)
}

/** Where the database and the package differ; null where they do not. */
async function findDifference(arbitrary: fc.Arbitrary<Case>): Promise<string | null> {
  const cases = fc.array(arbitrary, { minLength: CASES_PER_RUN, maxLength: CASES_PER_RUN })
  const property = fc.asyncProperty(cases, async (drawn) => {
    const all = drawn.flatMap(withNeighbours)
    const answers = await askDatabase(all)
    const expected = all.map(expectedNext)
    const wrong = all.findIndex((_, index) => expected[index] !== answers[index])
    if (wrong !== -1) {
      throw new Error(`${JSON.stringify(all[wrong])}: ${answers[wrong]} instead of ${expected[wrong]}`)
    }
  })
  const details = await fc.check(property, { numRuns: RUNS, endOnFailure: true })
  return details.failed ? String(details.errorInstance) : null
}

test('the next occasion is the one that the package rrule finds', { timeout: 300_000 }, async () => {
  expect(await findDifference(caseArbitrary)).toBeNull()
})

test('… also when the clocks change', { timeout: 120_000 }, async () => {
  expect(changes.length).toBeGreaterThan(50)
  expect(await findDifference(changeArbitrary)).toBeNull()
})

test('the work of a call is bounded, however rare and old the rule', { timeout: 60_000 }, async () => {
  const [plan] = await sql<{ days: number }[]>`
    select cardinality(private.recurrence_days(
      private.read_recurrence('FREQ=DAILY;BYDAY=FR;BYMONTHDAY=13'), '2000-01-01', '2000-01-01', '2100-01-01', 1000)) as days`
  expect(plan?.days).toBeGreaterThan(100)
  const [row] = await sql<{ next: Date | null; last: string | null }[]>`
    select private.next_occurrence('FREQ=MONTHLY;INTERVAL=99;BYDAY=5MO;BYMONTHDAY=31;COUNT=1000', '2000-01-01', 'UTC', '2026-01-01') as next,
      private.last_day('FREQ=MONTHLY;INTERVAL=99;BYDAY=5MO;COUNT=1000', '2000-01-01')::text as last`
  expect(row?.last).toBeNull()
})
