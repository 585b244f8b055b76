import { randomUUID } from 'node:crypto'
import * as fc from 'fast-check'
import postgres, { type PendingQuery, type Row, type Sql, type TransactionSql } from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  maybeStudySessionSchema,
  studySessionPageSchema,
  studyStatisticsSchema,
  type StudyStatistics,
} from '../../src/shared/api/study.ts'
import { participantsResponseSchema } from '../../src/shared/api/rooms.ts'
import { studySessionSchema } from '../../src/shared/domain/study.ts'
import type { RoomTimer } from '../../src/shared/domain/timer.ts'
import {
  goalChangedSchema,
  recordingChangedSchema,
  ROOM_EVENTS,
  timerChangedSchema,
} from '../../src/shared/realtime/roomEvents.ts'
import { startTestBackend, type TestBackend } from '../../test/support/backend.ts'
import {
  dayIn,
  piecesOf,
  spansOf,
  statisticsOf,
  streakOf,
  type StudyRoom,
  type StudySign,
  type TimerStretch,
} from './support/studyOracle.ts'

const CONNECTIONS = 8
const DAY_MS = 86_400_000

let backend: TestBackend
let sql: Sql

beforeAll(async () => {
  backend = await startTestBackend()
  sql = postgres(backend.databaseUrl, { max: CONNECTIONS, onnotice: () => {} })
  await sql`update private.limits set max_count = 1000`
  // Our moments are not now: the scheduler would drop everybody, and forget what they have studied.
  for (const task of ['drop_unseen_participants', 'prune'])
    await sql.unsafe(
      `create or replace function private.${task}() returns int language sql set search_path = '' as 'select 0'`,
    )
})

afterAll(async () => {
  await sql.end()
  await backend.stop()
})

beforeEach(async () => {
  await sql`delete from private.permits`
})

async function createPerson(): Promise<string> {
  const id = randomUUID()
  await sql`insert into auth.users (id, email) values (${id}, ${`${id}@example.test`})`
  return id
}

async function createRoom(tags: readonly string[] = []): Promise<string> {
  const [room] = await sql<{ id: string }[]>`insert into public.rooms (name) values ('Study') returning id`
  const id = room?.id ?? ''
  for (const tag of tags) await sql`insert into public.room_tags (room_id, tag) values (${id}, ${tag})`
  return id
}

/** The `answer` of a statement that somebody runs, as they would over the Data API. */
async function callAs(userId: string, run: (sql: TransactionSql) => PendingQuery<Row[]>): Promise<unknown> {
  const result = await sql.begin(async (transaction) => {
    await transaction`select set_config('request.jwt.claim.sub', ${userId}, true), set_config('role', 'authenticated', true)`
    const [row] = await run(transaction)
    return { answer: row?.['answer'] as unknown }
  })
  return result.answer
}

const iso = (ms: number): string => new Date(ms).toISOString()

/** Zones whose clocks change by an hour, by half of one, not at all, at an odd offset, and in the other hemisphere. */
const zones = [
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'UTC',
] as const

/** Shortly before clocks change somewhere, before midnight in several zones, and at an ordinary time. */
const beginnings = [
  '2026-03-28T22:50:00Z',
  '2026-03-29T00:40:00Z',
  '2026-10-25T00:20:00Z',
  '2026-03-08T06:30:00Z',
  '2026-11-01T03:20:00Z',
  '2026-04-04T14:20:00Z',
  '2026-10-03T15:10:00Z',
  '2026-06-30T18:00:00Z',
  '2026-12-31T22:30:00Z',
].map((moment) => Date.parse(moment))

const gapMs = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 1, max: 90_000 }) },
  { weight: 3, arbitrary: fc.integer({ min: 90_000, max: 240_000 }) },
  { weight: 2, arbitrary: fc.constantFrom(179_999, 180_000, 180_001, 1_799_999, 1_800_000, 1_800_001) },
  { weight: 1, arbitrary: fc.integer({ min: 240_000, max: 4 * 3_600_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: DAY_MS / 2, max: 2 * DAY_MS }) },
)

const shortMinutes = fc.integer({ min: 1, max: 6 })
const timer = fc.record({
  phase: fc.constantFrom('focus' as const, 'short_break' as const, 'long_break' as const),
  round: fc.integer({ min: 1, max: 4 }),
  rounds: fc.integer({ min: 1, max: 4 }),
  lengthMs: fc.integer({ min: 1, max: 6 * 60_000 }),
  passedRatio: fc.double({ min: 0, max: 1, noNaN: true }),
  focusMinutes: shortMinutes,
  shortBreakMinutes: shortMinutes,
  longBreakMinutes: shortMinutes,
  isContinuing: fc.boolean(),
  isPaused: fc.boolean(),
})

/** What happens to one person, each thing `afterMs` after the one before. */
const step = fc.record({
  afterMs: gapMs,
  room: fc.constantFrom(0, 1),
  what: fc.oneof(
    { weight: 8, arbitrary: fc.constant({ kind: 'sign' as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'left' as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'expired' as const }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('timer' as const), timer: fc.option(timer) }) },
  ),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function timerFrom(plan: typeof timer extends fc.Arbitrary<infer T> ? T : never, atMs: number): RoomTimer {
  const { lengthMs, passedRatio, isPaused, ...lengths } = plan
  const startedAtMs = atMs - Math.floor(passedRatio * lengthMs)
  return {
    ...lengths,
    round: Math.min(plan.round, plan.rounds),
    phaseStartedAt: iso(startedAtMs),
    phaseEndsAt: iso(startedAtMs + lengthMs),
    pausedAt: isPaused ? iso(atMs) : null,
    updatedBy: null,
    updatedAt: iso(atMs),
    serverNow: iso(atMs),
  }
}

/** Does to the database, at moments of our own, what people do to it. Answers the same for the oracle. */
async function live(
  sql: TransactionSql,
  userId: string,
  roomIds: readonly string[],
  beginningMs: number,
  steps: readonly Step[],
) {
  const signs: StudySign[] = []
  const timers: TimerStretch[][] = roomIds.map(() => [{ timer: null, sinceMs: -Infinity }])
  const inside = new Set<number>()
  let atMs = beginningMs
  for (const { afterMs, room, what } of steps) {
    atMs += afterMs
    const roomId = roomIds[room] ?? ''
    if (what.kind === 'timer') {
      const next = what.timer === null ? null : timerFrom(what.timer, atMs)
      timers[room]?.push({ timer: next, sinceMs: atMs })
      await sql`select private.keep_past_timer(${roomId}, ${iso(atMs)})`
      await sql`delete from public.room_timers where room_id = ${roomId}`
      if (next)
        await sql`
          insert into public.room_timers (room_id, phase, round, phase_started_at, phase_ends_at, focus_minutes,
            short_break_minutes, long_break_minutes, rounds, is_continuing, paused_at, updated_at)
          values (${roomId}, ${next.phase}, ${next.round}, ${next.phaseStartedAt}, ${next.phaseEndsAt}, ${next.focusMinutes},
            ${next.shortBreakMinutes}, ${next.longBreakMinutes}, ${next.rounds}, ${next.isContinuing}, ${next.pausedAt},
            ${next.updatedAt})`
    } else if (what.kind === 'sign') {
      signs.push({ room, atMs, isEnd: false })
      if (inside.has(room))
        await sql`update public.room_participants set last_seen_at = ${iso(atMs)}
          where room_id = ${roomId} and user_id = ${userId} and is_active`
      else
        await sql`insert into public.room_participants (room_id, user_id, connection_id, joined_at, last_seen_at)
          values (${roomId}, ${userId}, ${randomUUID()}, ${iso(atMs)}, ${iso(atMs)})`
      inside.add(room)
    } else if (inside.has(room)) {
      if (what.kind === 'left') signs.push({ room, atMs, isEnd: true })
      await sql`update public.room_participants set is_active = false, left_at = ${iso(atMs)}, left_reason = ${what.kind}
        where room_id = ${roomId} and user_id = ${userId} and is_active`
      inside.delete(room)
    }
  }
  return { signs, timers, endMs: atMs }
}

async function statisticsIn(
  userId: string,
  from: string,
  to: string,
  timeZone: string,
  nowMs: number,
): Promise<StudyStatistics> {
  const [row] = await sql<{ answer: unknown }[]>`
    select private.study_statistics(${userId}, ${from}, ${to}, ${timeZone}, ${iso(nowMs)}) as answer`
  return studyStatisticsSchema.parse(row?.answer)
}

describe('what somebody has studied', () => {
  test('is what they were present for, by day, week, tag and streak, whatever happens', async () => {
    const tags = [['maths', 'physics'], []]
    let counted = 0
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...beginnings),
        fc.constantFrom(...zones),
        fc.array(step, { minLength: 25, maxLength: 60 }),
        fc.integer({ min: 0, max: 2 }),
        async (beginningMs, timeZone, steps, skippedDays) => {
          const userId = await createPerson()
          const roomIds = await Promise.all(tags.map(async (names) => await createRoom(names)))
          const { signs, timers, endMs } = await sql.begin(
            async (transaction) => await live(transaction, userId, roomIds, beginningMs, steps),
          )
          const rooms: StudyRoom[] = tags.map((names, index) => ({
            tags: names,
            timers: timers[index] ?? [],
          }))
          const { spans, sessions } = spansOf(signs)
          const pieces = piecesOf(spans, rooms, timeZone)
          counted += pieces.length

          // The latest session is open still; of the others, those of less than a minute are not kept.
          const kept = sessions.filter(
            ({ presentMs }, index) => presentMs >= 60_000 || index === sessions.length - 1,
          )
          const rows = await sql<{ startedAtMs: number; presentMs: number }[]>`
            select round(extract(epoch from started_at) * 1000)::float8 as "startedAtMs", present_ms::int as "presentMs"
            from public.study_sessions where user_id = ${userId} order by started_at`
          expect([...rows]).toEqual(kept)

          const day = dayIn(timeZone)
          const range = {
            from: day(beginningMs + skippedDays * DAY_MS),
            to: day(endMs + DAY_MS),
            timeZone,
            nowMs: endMs,
          }
          const answer = await statisticsIn(userId, range.from, range.to, timeZone, endMs)
          const { doneCount: _done, partlyCount: _partly, notDoneCount: _notDone, ...totals } = answer.totals
          const byTag = answer.tags.toSorted((left, right) => ((left.tag ?? '') < (right.tag ?? '') ? -1 : 1))
          expect({ ...answer, totals, tags: byTag }).toEqual(statisticsOf(pieces, kept, range))
        },
      ),
      { numRuns: 40 },
    )
    expect(counted).toBeGreaterThan(1_000)
  })

  test('makes a streak that forgives a day a week, and no more', async () => {
    const userId = await createPerson()
    const firstMs = Date.parse('2026-01-01T12:00:00Z')
    const gaps = fc.array(
      fc.oneof(
        { weight: 8, arbitrary: fc.constant(1) },
        { weight: 3, arbitrary: fc.constant(2) },
        fc.integer({ min: 3, max: 5 }),
      ),
      { maxLength: 40 },
    )
    await fc.assert(
      fc.asyncProperty(
        gaps,
        fc.integer({ min: 0, max: 4 }),
        fc.constantFrom(...zones),
        async (days, later, timeZone) => {
          await sql`delete from private.study_credits where user_id = ${userId}`
          const moments: number[] = []
          let atMs = firstMs
          for (const gap of days) moments.push((atMs += gap * DAY_MS))
          if (moments.length > 0)
            await sql`insert into private.study_credits (user_id, starts_at, tags, present_ms, focused_ms)
            select ${userId}, m, '{}', 600000, 300000 from unnest(${moments.map(iso)}::timestamptz[]) as m`
          const today = dayIn(timeZone)(atMs + later * DAY_MS)
          const [row] = await sql<{ answer: object }[]>`
          select private.study_streak(${userId}, ${timeZone}, ${today}::date) as answer`
          expect(row?.answer).toEqual(streakOf(new Set(moments.map(dayIn(timeZone))), today))
        },
      ),
      { numRuns: 120 },
    )
  })

  test('belongs to whole days, since midnight is at a quarter of an hour of UTC in every zone there is', async () => {
    const odd = await sql`
      select z.name, d from pg_timezone_names z, generate_series('2026-01-01'::timestamp, '2026-12-31', interval '1 day') as d
      where z.name ~ '^[A-Z]' and extract(epoch from d at time zone z.name)::bigint % 900 <> 0 limit 5`
    expect(odd).toEqual([])
  })
})

interface Counted {
  readonly sessionMs: number
  readonly creditMs: number
  readonly wallMs: number
}

async function countedOf(userId: string): Promise<Counted> {
  const [row] = await sql<Counted[]>`
    select s.present_ms::int as "sessionMs",
      (select sum(c.present_ms)::int from private.study_credits c where c.user_id = s.user_id) as "creditMs",
      (extract(epoch from k.seen_at - s.started_at) * 1000)::int as "wallMs"
    from public.study_sessions s join private.study_clocks k on k.user_id = s.user_id where s.user_id = ${userId}`
  if (!row) throw new Error('nothing was counted')
  return row
}

describe('several connections of one person', () => {
  test('count each moment once, whichever of them says so first', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 179_000 }), { minLength: 2, maxLength: 40 }),
        async (offsets) => {
          const userId = await createPerson()
          const roomIds = await Promise.all([createRoom(['maths']), createRoom()])
          const beginningMs = Date.parse('2026-03-28T22:58:00Z')
          for (const roomId of roomIds)
            await sql`insert into public.room_participants (room_id, user_id, connection_id, joined_at, last_seen_at)
            values (${roomId}, ${userId}, ${randomUUID()}, ${iso(beginningMs)}, ${iso(beginningMs)})`
          await Promise.all(
            offsets.map(async (offset, index) => {
              await sql`update public.room_participants set last_seen_at = ${iso(beginningMs + offset)}
              where user_id = ${userId} and room_id = ${roomIds[index % 2] ?? ''}`
            }),
          )
          const wallMs = Math.max(...offsets)
          expect(await countedOf(userId)).toEqual({ sessionMs: wallMs, creditMs: wallMs, wallMs })
        },
      ),
      { numRuns: 15 },
    )
  })

  test('get no more than the time that passes out of real heartbeats', async () => {
    const userId = await createPerson()
    const roomIds = await Promise.all([createRoom(['maths']), createRoom()])
    const connections = roomIds.map((roomId) => ({ roomId, connectionId: randomUUID() }))
    const startedAtMs = performance.now()
    for (const { roomId, connectionId } of connections)
      await callAs(userId, (as) => as`select public.join_room(${roomId}, ${connectionId}) as answer`)
    await Promise.all(
      Array.from({ length: CONNECTIONS }, async (_, index) => {
        const connection = connections[index % 2]
        if (!connection) throw new Error('there is no such connection')
        for (let beat = 0; beat < 20; beat++)
          expect(
            await callAs(
              userId,
              (as) => as`select public.heartbeat(${connection.roomId}, ${connection.connectionId}) as answer`,
            ),
          ).toBe('present')
      }),
    )
    const passedMs = performance.now() - startedAtMs
    const { sessionMs, creditMs, wallMs } = await countedOf(userId)
    expect(sessionMs).toBe(wallMs)
    expect(creditMs).toBe(wallMs)
    expect(wallMs).toBeGreaterThan(0)
    expect(wallMs).toBeLessThanOrEqual(passedMs)
  })

  test('starting, ending and checking in beside heartbeats leaves one open session and every moment counted once', async () => {
    const userId = await createPerson()
    const roomId = await createRoom()
    const connectionId = randomUUID()
    await callAs(userId, (as) => as`select public.join_room(${roomId}, ${connectionId}) as answer`)
    await Promise.all(
      Array.from({ length: CONNECTIONS }, async (_, index) => {
        for (let round = 0; round < 10; round++) {
          if (index % 2 === 0)
            await callAs(userId, (as) => as`select public.heartbeat(${roomId}, ${connectionId}) as answer`)
          else {
            const session = studySessionSchema.parse(
              await callAs(userId, (as) => as`select public.start_study_session('Read', true) as answer`),
            )
            await callAs(
              userId,
              (as) => as`select public.check_in_study_session(${session.id}, 'done') as answer`,
            )
          }
        }
      }),
    )
    const [row] = await sql<{ open: number; sessionMs: number; creditMs: number }[]>`
      select count(*) filter (where ended_at is null)::int as open, sum(present_ms)::int as "sessionMs",
        (select sum(c.present_ms)::int from private.study_credits c where c.user_id = ${userId}) as "creditMs"
      from public.study_sessions where user_id = ${userId}`
    expect(row?.open).toBeLessThanOrEqual(1)
    expect(row?.sessionMs).toBe(row?.creditMs)
    const overlaps = await sql`
      select 1 from public.study_sessions a join public.study_sessions b on b.user_id = a.user_id and b.id <> a.id
      where a.user_id = ${userId} and a.started_at < b.ended_at and b.started_at < a.ended_at`
    expect(overlaps).toEqual([])
  })
})

describe('what the database answers and tells', () => {
  /** What a room was told under an event's name. `bare` is without the id that every message gets which has none. */
  async function told(
    roomId: string,
    event: string,
  ): Promise<readonly { payload: unknown; bare: unknown }[]> {
    return await sql<{ payload: unknown; bare: unknown }[]>`
      select payload, payload - 'id' as bare from realtime.messages
      where topic = ${`room:${roomId}`} and event = ${event} order by inserted_at`
  }

  test('is as its contracts say: sessions, goals, statistics', async () => {
    const userId = await createPerson()
    const roomId = await createRoom(['maths'])
    const connectionId = randomUUID()
    await callAs(userId, (as) => as`select public.join_room(${roomId}, ${connectionId}) as answer`)
    const started = await callAs(
      userId,
      (as) => as`select public.start_study_session(' Chapter  3 ', true) as answer`,
    )
    const session = studySessionSchema.parse(started)
    expect(started).toEqual(session)
    expect(session).toMatchObject({ goal: 'Chapter 3', sharesGoal: true, endedAt: null })
    const participants = await callAs(
      userId,
      (as) => as`select public.list_participants(${roomId}) as answer`,
    )
    expect(participantsResponseSchema.parse({ participants }).participants).toMatchObject([
      { userId, goal: 'Chapter 3' },
    ])

    expect(
      maybeStudySessionSchema.parse(
        await callAs(userId, (as) => as`select public.get_study_session() as answer`),
      )?.id,
    ).toBe(session.id)
    const ended = await callAs(
      userId,
      (as) => as`select public.check_in_study_session(${session.id}, 'partly', 'Half of it') as answer`,
    )
    expect(studySessionSchema.parse(ended)).toMatchObject({
      id: session.id,
      outcome: 'partly',
      note: 'Half of it',
    })
    const page = studySessionPageSchema.parse(
      await callAs(userId, (as) => as`select public.list_study_sessions() as answer`),
    )
    expect(page).toEqual([ended])
    expect(
      maybeStudySessionSchema.parse(
        await callAs(userId, (as) => as`select public.get_study_session() as answer`),
      ),
    ).toBeNull()
    const statistics = await callAs(
      userId,
      (as) => as`select public.my_statistics(current_date - 1, current_date + 1, 'Europe/Berlin') as answer`,
    )
    expect(studyStatisticsSchema.parse(statistics)).toEqual(statistics)
    expect(statistics).toMatchObject({ totals: { sessionCount: 1, partlyCount: 1 } })

    const goals = await told(roomId, ROOM_EVENTS.goalChanged)
    expect(goals.map(({ payload }) => goalChangedSchema.parse(payload))).toEqual([
      { userId, goal: 'Chapter 3' },
      { userId, goal: null },
    ])
  })

  test('is as its contracts say: timers and recordings', async () => {
    const userId = await createPerson()
    const roomId = await createRoom()
    await callAs(userId, (as) => as`select public.join_room(${roomId}, ${randomUUID()}) as answer`)
    await callAs(userId, (as) => as`select public.start_timer(${roomId}, 25, 5, 15, 4) as answer`)
    await callAs(userId, (as) => as`select public.pause_timer(${roomId}) as answer`)
    await callAs(userId, (as) => as`select public.stop_timer(${roomId}) as answer`)
    const timers = await told(roomId, ROOM_EVENTS.timerChanged)
    expect(timers).toHaveLength(3)
    for (const { payload, bare } of timers) expect(timerChangedSchema.parse(payload)).toEqual(bare)

    await callAs(userId, (as) => as`select public.request_recording(${roomId}) as answer`)
    const [request] = await sql<{ id: string }[]>`select id from public.recordings where room_id = ${roomId}`
    await callAs(userId, (as) => as`select public.stop_recording(${request?.id ?? ''}) as answer`)
    const recordings = await told(roomId, ROOM_EVENTS.recordingChanged)
    expect(recordings.length).toBeGreaterThanOrEqual(2)
    for (const { payload } of recordings) expect(recordingChangedSchema.parse(payload)).toEqual(payload)
  })
})
