import { randomUUID } from 'node:crypto'
import * as fc from 'fast-check'
import postgres, { type Sql, type TransactionSql } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestBackend, type TestBackend } from '../../test/support/backend.ts'

const CONNECTIONS = 20
const PEOPLE = 12
const ROOMS = 3
const CAPACITY = 7
const MESH_CAPACITY = 4
const APPLICATION = 'room-life'

let backend: TestBackend
let sql: Sql
/** Not among those that are cancelled. */
let watcher: Sql
let people: readonly string[]

beforeAll(async () => {
  backend = await startTestBackend()
  sql = postgres(backend.databaseUrl, {
    max: CONNECTIONS,
    onnotice: () => {},
    // Only our own statements are cancelled, never one that the library sends by itself.
    fetch_types: false,
    connection: { application_name: APPLICATION },
  })
  watcher = postgres(backend.databaseUrl, { max: 1, onnotice: () => {} })
  people = Array.from({ length: PEOPLE }, () => randomUUID())
  for (const id of people)
    await watcher`insert into auth.users (id, email) values (${id}, ${`${id}@example.test`})`
  await watcher`update private.limits set max_count = 1000`
  await watcher`
    update private.config set has_sfu = true, mesh_return_delay = '0 seconds', empty_room_expiry = '0 seconds'`
})

afterAll(async () => {
  await sql.end()
  await watcher.end()
  await backend.stop()
})

async function createRooms(): Promise<readonly string[]> {
  const rows = await watcher<{ id: string }[]>`
    insert into public.rooms (name, max_participants)
    select 'Room ' || n, ${CAPACITY}::int from generate_series(1, ${ROOMS}::int) as n returning id`
  return rows.map((row) => row.id)
}

async function actAs(userId: string, run: (transaction: TransactionSql) => Promise<unknown>): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction`
      select set_config('request.jwt.claim.sub', ${userId}, true), set_config('role', 'authenticated', true)`
    await run(transaction)
  })
}

interface RoomFacts {
  readonly id: string
  readonly topology: 'mesh' | 'sfu'
  readonly epoch: number
  readonly isActive: boolean
  readonly counted: number
  readonly countedMeshOnly: number
  readonly isEmpty: boolean
  readonly hasFew: boolean
  readonly present: number
  readonly users: number
  readonly moments: number
  readonly meshOnly: number
}

/** One statement, and so one moment. */
async function readFacts(roomIds: readonly string[]): Promise<readonly RoomFacts[]> {
  return await watcher<RoomFacts[]>`
    select r.id, r.topology, r.topology_epoch as epoch, r.is_active as "isActive", r.participant_count as counted,
      r.mesh_only_count as "countedMeshOnly", r.empty_since is not null as "isEmpty", r.few_since is not null as "hasFew",
      count(p.id)::int as present, count(distinct p.user_id)::int as users, count(distinct p.joined_at)::int as moments,
      (count(p.id) filter (where not p.supports_sfu))::int as "meshOnly"
    from public.rooms r left join public.room_participants p on p.room_id = r.id and p.is_active
    where r.id = any (${[...roomIds]}) group by r.id`
}

/** What cannot be true of a room at any moment. */
function findContradictions(facts: RoomFacts): readonly string[] {
  const { topology, isActive, counted, present, users, moments, meshOnly } = facts
  const contradictions: readonly (readonly [boolean, string])[] = [
    [counted !== present, 'the count is wrong'],
    [present !== users, 'somebody is in twice'],
    [present !== moments, 'two people joined at one moment'],
    [present > CAPACITY, 'more people than fit in'],
    [topology === 'mesh' && present > MESH_CAPACITY, 'more people than a mesh carries'],
    [topology === 'sfu' && present === 0, 'an empty room on the media server'],
    [topology === 'sfu' && meshOnly > 0, 'an older client on the media server'],
    [facts.countedMeshOnly !== meshOnly, 'the count of older clients is wrong'],
    [facts.isEmpty !== (present === 0), 'empty, or not'],
    [facts.hasFew !== present < MESH_CAPACITY, 'few people, or not'],
    [!isActive && present > 0, 'people in a closed room'],
  ]
  return contradictions.flatMap(([isTrue, what]) => (isTrue ? [`${what}: ${JSON.stringify(facts)}`] : []))
}

/**
 * True where a step was cancelled half-way, as some of the steps do to others: to the database the same as a connection
 * that is lost, and the client's library survives it.
 */
function isCancelled(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '57014'
}

const stepSchema = fc.record({
  // Rooms have to fill up for their topology to change, and so people come more often than they go.
  kind: fc.oneof(
    { weight: 48, arbitrary: fc.constant('join' as const) },
    { weight: 12, arbitrary: fc.constant('leave' as const) },
    { weight: 8, arbitrary: fc.constant('report' as const) },
    { weight: 12, arbitrary: fc.constant('look' as const) },
    { weight: 12, arbitrary: fc.constantFrom('expire' as const, 'cancel' as const, 'settle' as const) },
    { weight: 2, arbitrary: fc.constantFrom('close empty' as const, 'close' as const) },
  ),
  person: fc.nat({ max: PEOPLE - 1 }),
  room: fc.nat({ max: ROOMS - 1 }),
  supportsSfu: fc.nat({ max: 29 }).map((number) => number > 0),
})
type RoomStep = typeof stepSchema extends fc.Arbitrary<infer Value> ? Value : never

async function takeStep(step: RoomStep, userId: string, roomId: string): Promise<void> {
  switch (step.kind) {
    case 'join':
      return await actAs(
        userId,
        (transaction) =>
          transaction`select public.join_room(${roomId}, ${randomUUID()}, p_supports_sfu => ${step.supportsSfu})`,
      )
    case 'leave':
      return await actAs(
        userId,
        (transaction) => transaction`
          select public.leave_room(p.room_id, p.connection_id) from public.room_participants p
          where p.room_id = ${roomId} and p.user_id = ${userId} and p.is_active`,
      )
    case 'report':
      return await actAs(
        userId,
        (transaction) => transaction`select public.report_mesh_failure(${roomId})`,
      ).catch((error: unknown) => {
        if (!(error instanceof Error && error.message === 'not_participant')) throw error
      })
    case 'expire':
      await sql`
        update public.room_participants set last_seen_at = now() - interval '2 minutes'
        where room_id = ${roomId} and user_id = ${userId} and is_active`
      return void (await sql`select private.drop_unseen_participants()`)
    case 'cancel':
      return void (await watcher`
        select pg_cancel_backend(a.pid) from pg_stat_activity a
        where a.application_name = ${APPLICATION} and a.state <> 'idle'
          and a.query ~ '(public|private)[.]' limit 1`)
    case 'settle':
      return void (await sql`select private.settle_topologies()`)
    case 'close empty':
      return void (await sql`select private.close_empty_rooms()`)
    case 'close':
      return void (await sql`select private.close_room(${roomId})`)
    case 'look':
      return
  }
}

/** For each room, the epochs as they were written down; nothing but a rising row is right. */
async function readEpochs(roomIds: readonly string[]): Promise<readonly (readonly number[])[]> {
  const rows = await watcher<{ epochs: number[] }[]>`
    select array_agg((e.details -> 'epoch')::int order by e.id) as epochs from public.room_events e
    where e.room_id = any (${[...roomIds]}) and e.kind = 'topology_changed' group by e.room_id`
  return rows.map((row) => row.epochs)
}

test('whatever people, their connections and the scheduler do at once, a room is never wrong', async () => {
  let topologyChanges = 0
  await fc.assert(
    fc.asyncProperty(fc.array(stepSchema, { minLength: 60, maxLength: 120 }), async (steps) => {
      await watcher`delete from private.permits`
      const roomIds = await createRooms()
      const contradictions: string[] = []
      const look = async (): Promise<void> => {
        contradictions.push(...(await readFacts(roomIds)).flatMap(findContradictions))
      }
      await Promise.all(
        steps.map(async (step) => {
          if (step.kind === 'look') return await look()
          // A deadlock, or any other error than that of a cancelled step, fails the test.
          await takeStep(step, people[step.person] ?? '', roomIds[step.room] ?? '').catch(
            (error: unknown) => {
              if (!isCancelled(error)) throw error
            },
          )
        }),
      )
      await look()
      expect(contradictions).toEqual([])
      for (const epochs of await readEpochs(roomIds)) {
        topologyChanges += epochs.length
        expect(epochs).toEqual(epochs.map((_, index) => index + 1))
      }
    }),
    { numRuns: 15 },
  )
  // Otherwise nothing of what is held to above has been tried.
  expect(topologyChanges).toBeGreaterThan(0)
})

test('a room is opened once by requests with one key that come together', async () => {
  const [userId = ''] = people
  const key = randomUUID()
  const answers = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const [row] = await sql.begin(async (transaction) => {
        await transaction`
          select set_config('request.jwt.claim.sub', ${userId}, true), set_config('role', 'authenticated', true)`
        return await transaction<{ answer: { roomId?: string } }[]>`
          select public.create_room('Once', p_idempotency_key => ${key}) as answer`
      })
      return row?.answer.roomId
    }),
  )
  expect(new Set(answers).size).toBe(1)
  expect(answers[0]).toBeTypeOf('string')
  const rooms = await watcher`select 1 from public.rooms where name = 'Once'`
  expect(rooms).toHaveLength(1)
})
