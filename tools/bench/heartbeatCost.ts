/**
 * What counting people's study costs each heartbeat: `node tools/bench/heartbeatCost.ts`.
 *
 * Method: the embedded backend as a program of its own; forty people in ten rooms call `heartbeat`, one after another on
 * one connection, each in a transaction of its own, as PostgreSQL's client sees it. Blocks of calls take turns: without
 * the trigger that counts, with it, and with it where every room has a timer.
 */
import { randomUUID } from 'node:crypto'
import { startBenchBackend } from './benchBackend.ts'
import { median, printReport, quantile } from './report.ts'

const PEOPLE = 40
const ROOMS = 10
const BLOCKS = 100
const variants = ['not counted', 'counted', 'counted, with a timer'] as const

const backend = await startBenchBackend()
try {
  const { sql } = backend
  const people = await backend.createPeople(PEOPLE)
  const stays = people.map(({ userId }, index) => ({
    userId,
    room: index % ROOMS,
    connectionId: randomUUID(),
  }))
  const roomIds = Array.from({ length: ROOMS }, () => randomUUID())
  for (const id of roomIds) {
    await sql`insert into public.rooms (id, name) values (${id}, 'Bench')`
    await sql`insert into public.room_tags (room_id, tag) values (${id}, 'maths'), (${id}, 'exam')`
  }
  for (const { userId, room, connectionId } of stays)
    await sql`insert into public.room_participants (room_id, user_id, connection_id)
      values (${roomIds[room] ?? ''}, ${userId}, ${connectionId})`

  const caller = await sql.reserve()
  await caller`set role authenticated`
  const timesMs: Record<(typeof variants)[number], number[]> = {
    'not counted': [],
    counted: [],
    'counted, with a timer': [],
  }
  for (let block = 0; block < BLOCKS; block++)
    for (const variant of variants) {
      await sql.unsafe(
        `alter table public.room_participants ${variant === 'not counted' ? 'disable' : 'enable'} trigger room_participants_study_went_on`,
      )
      await sql`delete from public.room_timers`
      // Nobody has their limit to wait for.
      await sql`update public.room_participants set heartbeats = 0`
      if (variant === 'counted, with a timer')
        await sql`insert into public.room_timers (room_id, phase, round, phase_started_at, phase_ends_at, focus_minutes,
            short_break_minutes, long_break_minutes, rounds)
          select r.id, 'focus', 1, now() - interval '1 hour', now() - interval '35 minutes', 25, 5, 15, 4
          from public.rooms r`
      for (const { userId, room, connectionId } of stays) {
        await caller`select set_config('request.jwt.claim.sub', ${userId}, false)`
        const startedAtMs = performance.now()
        const [row] = await caller<{ answer: string }[]>`
          select public.heartbeat(${roomIds[room] ?? ''}, ${connectionId}) as answer`
        timesMs[variant].push(performance.now() - startedAtMs)
        if (row?.answer !== 'present') throw new Error(`a heartbeat answered ${row?.answer}`)
      }
    }
  await caller`reset role`
  caller.release()
  printReport({
    name: 'Heartbeats, and what counting study costs them',
    method: `public.heartbeat on one connection, ${BLOCKS * PEOPLE} calls each, in blocks of ${PEOPLE} by turns.`,
    figures: variants.flatMap((variant) => [
      { what: `${variant}, p50`, value: median(timesMs[variant]), unit: 'ms' as const },
      { what: `${variant}, p95`, value: quantile(timesMs[variant], 0.95), unit: 'ms' as const },
    ]),
  })
} finally {
  await backend.stop()
}
