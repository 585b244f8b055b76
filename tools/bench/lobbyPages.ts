/**
 * The lobby's pages in the database: `node tools/bench/lobbyPages.ts [1000 100000 1000000]`, each number that of active
 * public rooms.
 *
 * Method: rooms by SQL with one to four people in them and two tags; each page asked for as a signed-in person through
 * `explain (analyze, buffers)`, so that the figure is what the server takes, network left out. Buffers are pages of 8 kB
 * that the query touched, in memory or read from disk.
 */
import process from 'node:process'
import postgres, { type Sql } from 'postgres'
import { z } from 'zod'
import { startTestBackend } from '../../test/support/backend.ts'
import { median, printReport, type Figure } from './report.ts'

const roomCounts = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1_000, 100_000, 1_000_000]
const RUNS = 25

/** Where a page begins: behind the room of this rank, or at the start. */
interface Page {
  readonly what: string
  readonly afterRank: number | null
  readonly query?: string
  readonly order?: 'newest' | 'name'
  readonly hasRoom?: boolean
  readonly phase?: 'focus' | 'break'
  readonly tags?: readonly string[]
}

const planPages = (roomCount: number): readonly Page[] => [
  { what: 'first page', afterRank: null },
  { what: 'tenth page', afterRank: 180 },
  { what: 'last page', afterRank: roomCount - 20 },
  { what: 'first page, newest first', afterRank: null, order: 'newest' },
  { what: 'last page, newest first', afterRank: roomCount - 20, order: 'newest' },
  { what: 'first page by name', afterRank: null, order: 'name' },
  { what: 'last page by name', afterRank: roomCount - 20, order: 'name' },
  { what: 'first page by name with a common tag', afterRank: null, order: 'name', tags: ['maths'] },
  {
    what: 'search by name for a name that is there once',
    afterRank: null,
    order: 'name',
    query: 'number 4711 ',
  },
  // A fifth of them are full, and stand first.
  { what: 'first page of those with a place', afterRank: null, hasRoom: true },
  { what: 'first page by name of those with a place', afterRank: null, order: 'name', hasRoom: true },
  // A tenth have a timer; at any moment five sixths of those are in focus.
  { what: 'first page of those in focus', afterRank: null, phase: 'focus' },
  { what: 'first page of those on a break', afterRank: null, phase: 'break' },
  { what: 'last page of those on a break', afterRank: Math.max(1, roomCount - 5_000), phase: 'break' },
  { what: 'first page by name of those on a break', afterRank: null, order: 'name', phase: 'break' },
  {
    what: 'last page of those on a break, newest first',
    afterRank: Math.max(1, roomCount - 5_000),
    order: 'newest',
    phase: 'break',
  },
  { what: 'first page with a common tag', afterRank: null, tags: ['maths'] },
  { what: 'first page with a rare tag', afterRank: null, tags: ['rare'] },
  { what: 'search for a name that is there once', afterRank: null, query: 'number 4711 ' },
  { what: 'search for a name that is not there', afterRank: null, query: 'nowhere' },
]

async function fill(sql: Sql, roomCount: number): Promise<string> {
  await sql`
    insert into auth.users (id, email) values ('a0000000-0000-4000-8000-000000000001', 'bench@example.test')`
  // The rooms' triggers would tell the lobby of each of them.
  await sql`alter table public.rooms disable trigger user`
  await sql`
    insert into public.rooms (name, participant_count, empty_since, created_at)
    select 'Room number ' || n || ' for study', n * 7919 % 5, case when n * 7919 % 5 = 0 then now() end,
      now() - n * interval '1 second'
    from generate_series(1, ${roomCount}::bigint) as n`
  await sql`alter table public.rooms enable trigger user`
  await sql`
    insert into public.room_tags (room_id, tag)
    select id, tag from public.rooms, unnest(array['study', case when random() < 0.2 then 'maths' else 'other' end]) as tag`
  await sql`insert into public.room_tags (room_id, tag) select id, 'rare' from public.rooms order by id limit 3`
  // Anchored up to two hours ago and gone on by themselves since, as most timers are.
  await sql`
    insert into public.room_timers (room_id, phase, round, phase_started_at, phase_ends_at, focus_minutes, short_break_minutes,
      long_break_minutes, rounds)
    select r.id, 'focus', 1, a.anchor, a.anchor + interval '25 minutes', 25, 5, 5, 4
    from (select id from public.rooms order by id limit ${Math.ceil(roomCount / 10)}) as r,
      lateral (select now() - (hashtext(r.id::text) & 8191) * interval '1 second' as anchor) as a`
  await sql`vacuum analyze public.rooms`
  await sql`vacuum analyze public.room_timers`
  await sql`vacuum analyze public.room_tags`
  return 'a0000000-0000-4000-8000-000000000001'
}

const planSchema = z.tuple([
  z.object({
    'Execution Time': z.number(),
    Plan: z.object({ 'Shared Hit Blocks': z.number(), 'Shared Read Blocks': z.number() }),
  }),
])

/** What the server takes for one page: milliseconds, and pages of 8 kB. */
async function measure(
  sql: Sql,
  userId: string,
  page: Page,
): Promise<{ readonly timeMs: number; readonly buffers: number }> {
  const order = page.order ?? 'lively'
  const orderBy = {
    lively: sql`participant_count desc, created_at desc, id desc`,
    newest: sql`created_at desc, id desc`,
    name: sql`private.room_name_key(name) collate "C", id`,
  }[order]
  const [key] = await sql`
    select participant_count, created_at::text, id, private.room_name_key(name) as name_key
    from public.rooms where is_active and privacy = 'public' order by ${orderBy} offset ${(page.afterRank ?? 1) - 1} limit 1`
  const timesMs: number[] = []
  const buffers: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const plan = await sql.begin(async (transaction) => {
      await transaction`select set_config('request.jwt.claim.sub', ${userId}, true), set_config('role', 'authenticated', true)`
      const [row] = await transaction`
        explain (analyze, buffers, format json) select public.list_rooms('public', ${page.tags ?? []}, ${page.query ?? ''}, 21,
          ${page.afterRank === null ? null : key?.['participant_count']}::int,
          ${page.afterRank === null ? null : key?.['created_at']}::timestamptz,
          ${page.afterRank === null ? null : key?.['id']}::uuid, ${order}::public.room_order,
          ${page.afterRank === null ? null : key?.['name_key']}::text, ${page.hasRoom ?? false},
          ${page.phase ?? null}::public.room_phase)`
      return planSchema.parse(row?.['QUERY PLAN'])[0]
    })
    timesMs.push(plan['Execution Time'])
    buffers.push(plan.Plan['Shared Hit Blocks'] + plan.Plan['Shared Read Blocks'])
  }
  return { timeMs: median(timesMs), buffers: median(buffers) }
}

for (const roomCount of roomCounts) {
  const backend = await startTestBackend()
  const sql = postgres(backend.databaseUrl, { max: 1, onnotice: () => {} })
  try {
    const userId = await fill(sql, roomCount)
    const figures: Figure[] = []
    for (const page of planPages(roomCount)) {
      const { timeMs, buffers } = await measure(sql, userId, page)
      figures.push({ what: page.what, value: timeMs, unit: 'ms', note: `${buffers} buffers` })
    }
    printReport({
      name: `Lobby pages among ${roomCount.toLocaleString('en')} active public rooms`,
      method: `list_rooms as a signed-in person, explain (analyze, buffers) on the embedded PostgreSQL; medians of ${RUNS}.`,
      figures,
    })
  } finally {
    await sql.end()
    await backend.stop()
  }
}
