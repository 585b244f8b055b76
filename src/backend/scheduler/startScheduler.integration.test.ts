import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestBackend, type TestBackend } from '../../../test/support/backend.ts'

const hurry = join(import.meta.dirname, '..', 'testing', '29991231000001_hurry_scheduled_tasks.sql')
const [ada, ben] = ['a0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000002'] as const
const rooms = {
  live: 'b0000000-0000-4000-8000-000000000001',
  left: 'b0000000-0000-4000-8000-000000000002',
  old: 'b0000000-0000-4000-8000-000000000003',
} as const

let backend: TestBackend
let sql: Sql

beforeAll(async () => {
  backend = await startTestBackend({ extraMigrations: [hurry] })
  sql = postgres(backend.databaseUrl, { max: 1, onnotice: () => {} })
})

afterAll(async () => {
  await sql.end()
  await backend.stop()
})

test('the running backend calls every task of the schema by itself', async () => {
  await sql.begin(async (transaction) => {
    await transaction`
      insert into auth.users (id, email) values (${ada}, 'ada@example.test'), (${ben}, 'ben@example.test')`
    // One whose media server is gone and that a mesh carries, one that somebody has left without a word, one of long ago.
    await transaction`
      insert into public.rooms (id, name, creator_id, privacy, topology, is_active, closed_at, created_at) values
        (${rooms.live}, 'Live', ${ada}, 'public', 'sfu', true, null, now()),
        (${rooms.left}, 'Left', ${ada}, 'public', 'mesh', true, null, now()),
        (${rooms.old}, 'Old', ${ada}, 'public', 'mesh', false, now() - interval '31 days', now() - interval '32 days')`
    await transaction`insert into public.room_tags (room_id, tag) values (${rooms.live}, 'scheduled')`
    await transaction`
      insert into public.room_participants (room_id, user_id, connection_id, supports_sfu, last_seen_at) values
        (${rooms.live}, ${ada}, gen_random_uuid(), true, now()),
        (${rooms.left}, ${ben}, gen_random_uuid(), true, now() - interval '61 seconds')`
  })
  const look = async (): Promise<unknown> => {
    const [row] = await sql`
      select
        (select left_reason from public.room_participants where user_id = ${ben}) as "dropUnseenParticipants",
        (select is_active from public.room_participants where user_id = ${ada}) as "whoIsSeenStays",
        (select not is_active from public.rooms where id = ${rooms.left}) as "closeEmptyRooms",
        (select topology from public.rooms where id = ${rooms.live}) as "settleTopologies",
        (select count(*)::int from public.rooms where id = ${rooms.old}) as "prune",
        (select room_count::int from private.lobby_activity where tag = 'scheduled') as "refreshLobbyActivity"`
    return row
  }
  await expect.poll(look, { timeout: 40_000, interval: 200 }).toEqual({
    dropUnseenParticipants: 'expired',
    whoIsSeenStays: true,
    closeEmptyRooms: true,
    settleTopologies: 'mesh',
    prune: 0,
    refreshLobbyActivity: 1,
  })
})

test('there is no task that this test does not know of', async () => {
  const tasks = await sql<{ name: string }[]>`
    select function_name as name from private.scheduled_tasks order by function_name`
  expect(tasks.map(({ name }) => name)).toEqual([
    // It does nothing where there is no pg_net; `sfu_rooms.test.sql` has it.
    'private.ask_for_sfu_sweep',
    'private.close_empty_rooms',
    'private.drop_unseen_participants',
    'private.prune',
    'private.refresh_lobby_activity',
    'private.settle_topologies',
  ])
})
