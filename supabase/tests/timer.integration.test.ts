import * as fc from 'fast-check'
import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RoomTimer } from '../../src/shared/domain/timer.ts'
import { timerAt } from '../../src/shared/domain/timerAt.ts'
import { startTestBackend, type TestBackend } from '../../test/support/backend.ts'

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

const startMs = Date.parse('2026-03-01T10:00:00.000Z')
const iso = (ms: number): string => new Date(ms).toISOString()
const minutes = fc.integer({ min: 1, max: 180 })

const timers: fc.Arbitrary<RoomTimer> = fc
  .record({
    phase: fc.constantFrom('focus' as const, 'short_break' as const, 'long_break' as const),
    round: fc.integer({ min: 1, max: 12 }),
    lengthMs: fc.integer({ min: 1, max: 180 * 60_000 }),
    focusMinutes: minutes,
    shortBreakMinutes: minutes,
    longBreakMinutes: minutes,
    rounds: fc.integer({ min: 1, max: 12 }),
    isContinuing: fc.boolean(),
    pausedAfter: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  })
  .map(({ lengthMs, pausedAfter, ...timer }) =>
    Object.assign(timer, {
      round: Math.min(timer.round, timer.rounds),
      phaseStartedAt: iso(startMs),
      phaseEndsAt: iso(startMs + lengthMs),
      pausedAt: pausedAfter === null ? null : iso(startMs + Math.floor(pausedAfter * lengthMs)),
      updatedBy: null,
      updatedAt: iso(startMs),
      serverNow: iso(startMs),
    }),
  )

test('the database and the app say the same of a timer at any moment', async () => {
  await fc.assert(
    fc.asyncProperty(timers, fc.integer({ min: -60_000, max: 10 * 86_400_000 }), async (timer, afterMs) => {
      const nowMs = startMs + afterMs
      const [row] = await sql<{ at: object }[]>`
        select private.timer_at(row(gen_random_uuid(), ${timer.phase}::public.timer_phase, ${timer.round}::int,
          ${timer.phaseStartedAt}::timestamptz, ${timer.phaseEndsAt}::timestamptz, ${timer.focusMinutes}::int,
          ${timer.shortBreakMinutes}::int, ${timer.longBreakMinutes}::int, ${timer.rounds}::int,
          ${timer.isContinuing}::boolean, ${timer.pausedAt}::timestamptz, null, now())::public.room_timers,
          ${iso(nowMs)}::timestamptz) as at`
      expect(row?.at).toEqual(timerAt(timer, nowMs))
    }),
    { numRuns: 500 },
  )
})
