// What the lobby's orders cost a join: with every index of rooms, and without those that the order by age and by name need.
import { randomUUID } from 'node:crypto'
import process from 'node:process'
import postgres from 'postgres'
import { startTestBackend } from '../../test/support/backend.ts'
import { median, printReport, type Figure } from './report.ts'

const ROOMS = 2_000
/** Of each way, by turns; an odd number has a middle. */
const ROUNDS = Number(process.argv[2] ?? 9)

/** Each with the indexes that it does without. */
const WAYS = {
  'with every index': [],
  'without rooms_newest_idx': ['rooms_newest_idx'],
  'without rooms_by_name_idx': ['rooms_by_name_idx'],
  'without both': ['rooms_newest_idx', 'rooms_by_name_idx'],
} as const

const backend = await startTestBackend()
const sql = postgres(backend.databaseUrl, { max: 1, onnotice: () => {} })

/** One person enters each room, in one transaction that is undone: microseconds a join. */
async function measureRound(indexes: readonly string[]): Promise<number> {
  let joinUs = Number.NaN
  const isUndone = new Error('undone')
  try {
    await sql.begin(async (transaction) => {
      for (const index of indexes) await transaction`drop index ${transaction(`public.${index}`)}`
      const startMs = performance.now()
      await transaction`
        insert into public.room_participants (room_id, user_id, connection_id)
        select r.id, p.id, gen_random_uuid()
        from (select id, row_number() over (order by id) as n from public.rooms) as r
        join (select id, row_number() over (order by id) as n from public.profiles) as p using (n)`
      // What waits for the end of a transaction belongs to the join.
      await transaction`set constraints all immediate`
      joinUs = ((performance.now() - startMs) * 1_000) / ROOMS
      throw isUndone
    })
  } catch (error) {
    if (error !== isUndone) throw error
  }
  // What was undone is not to lie in the way of the next.
  await sql`vacuum public.rooms`
  await sql`vacuum public.room_participants`
  return joinUs
}

try {
  const people = Array.from({ length: ROOMS }, () => randomUUID())
  await sql`
    insert into auth.users (id, email, raw_user_meta_data)
    select id, id || '@example.test', '{"display_name": "Somebody"}' from unnest(${people}::uuid[]) as id`
  await sql`
    insert into public.rooms (name, creator_id)
    select 'Étude de nuit ' || n, id from unnest(${people}::uuid[]) with ordinality as p (id, n)`
  await sql`analyze`
  const timesUs = new Map<string, number[]>(Object.keys(WAYS).map((name) => [name, []]))
  for (const indexes of Object.values(WAYS)) await measureRound(indexes)
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, indexes] of Object.entries(WAYS)) timesUs.get(name)?.push(await measureRound(indexes))
  }
  const reference = median(timesUs.get('without both') ?? [])
  printReport({
    name: 'What the lobby’s orders cost a join',
    method:
      `${ROOMS} people enter as many public rooms by one statement on room_participants, with all that its triggers do, in one ` +
      `session of the embedded PostgreSQL; medians of ${ROUNDS} rounds of each way by turns, each undone. Beside it, the ratio to ` +
      'the way without both indexes.',
    figures: [...timesUs].map(([name, times]): Figure => ({
      what: `a join ${name}`,
      value: median(times) / 1_000,
      unit: 'ms',
      note: `${(median(times) / reference).toFixed(2)} times; ${times.map((time) => time.toFixed(0)).join(', ')} µs`,
    })),
  })
} finally {
  await sql.end()
  await backend.stop()
}
