import { randomUUID } from 'node:crypto'
import * as fc from 'fast-check'
import postgres, { type Sql, type TransactionSql } from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestBackend, type TestBackend } from '../../test/support/backend.ts'

const CONNECTIONS = 16
const CAPACITY = 4
const PEOPLE = 12

let backend: TestBackend
let sql: Sql
let people: readonly string[]

beforeAll(async () => {
  backend = await startTestBackend()
  sql = postgres(backend.databaseUrl, { max: CONNECTIONS, onnotice: () => {} })
  people = Array.from({ length: PEOPLE }, () => randomUUID())
  await sql`update private.limits set max_count = 1000`
  for (const id of people)
    await sql`insert into auth.users (id, email) values (${id}, ${`${id}@example.test`})`
})

afterAll(async () => {
  await sql.end()
  await backend.stop()
})

beforeEach(async () => {
  await sql`delete from private.permits`
})

/** Runs a statement as somebody signed in, in a transaction of its own. */
async function actAs<T>(userId: string, run: (sql: TransactionSql) => Promise<T>): Promise<T> {
  const result = await sql.begin(async (transaction) => {
    await transaction`select set_config('request.jwt.claim.sub', ${userId}, true), set_config('role', 'authenticated', true)`
    return { value: await run(transaction) }
  })
  return result.value
}

async function join(roomId: string, userId: string, connectionId: string): Promise<string> {
  return await actAs(userId, async (sql) => {
    const [row] = await sql<{ answer: { refusal?: string } }[]>`
      select public.join_room(${roomId}, ${connectionId}) as answer`
    return row?.answer.refusal ?? 'joined'
  })
}

async function leave(roomId: string, userId: string, connectionId: string): Promise<string> {
  return await actAs(userId, async (sql) => {
    await sql`select public.leave_room(${roomId}, ${connectionId})`
    return 'left'
  })
}

async function createRoom(): Promise<string> {
  const [room] = await sql<{ id: string }[]>`insert into public.rooms (name) values ('Busy') returning id`
  return room?.id ?? ''
}

interface RoomFacts {
  readonly counted: number
  readonly present: number
  readonly users: number
  readonly moments: number
  readonly empty: boolean
}

async function readFacts(roomId: string): Promise<RoomFacts> {
  const [facts] = await sql<RoomFacts[]>`
    select r.participant_count as counted, r.empty_since is not null as empty,
      count(p.id)::int as present, count(distinct p.user_id)::int as users, count(distinct p.joined_at)::int as moments
    from public.rooms r left join public.room_participants p on p.room_id = r.id and p.is_active
    where r.id = ${roomId} group by r.id`
  if (!facts) throw new Error('the room is gone')
  return facts
}

/** What is wrong with a room; empty where all is well. */
function findContradictions(facts: RoomFacts): readonly string[] {
  const { counted, present, users, moments, empty } = facts
  return [
    ...(counted === present ? [] : [`${counted} counted, ${present} present`]),
    ...(present === users ? [] : [`${users} people in ${present} stays`]),
    ...(present === moments ? [] : [`${present} stays began in ${moments} moments`]),
    ...(present <= CAPACITY ? [] : [`${present} people where ${CAPACITY} fit in`]),
    ...(empty === (present === 0) ? [] : [`empty: ${empty} with ${present} present`]),
  ]
}

describe('many people at once', () => {
  test('fill a room to its capacity and no further', async () => {
    const roomId = await createRoom()
    const outcomes = await Promise.all(people.map((userId) => join(roomId, userId, randomUUID())))
    expect(outcomes.filter((outcome) => outcome === 'joined')).toHaveLength(CAPACITY)
    expect(outcomes.filter((outcome) => outcome === 'room_full')).toHaveLength(PEOPLE - CAPACITY)
    expect(findContradictions(await readFacts(roomId))).toEqual([])
  })

  test('one person joining from many devices is in once', async () => {
    const roomId = await createRoom()
    const [userId = ''] = people
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => join(roomId, userId, randomUUID())))
    expect(new Set(outcomes)).toEqual(new Set(['joined']))
    expect(await readFacts(roomId)).toMatchObject({ counted: 1, present: 1 })
  })

  test('the same join sent many times over is one join', async () => {
    const roomId = await createRoom()
    const [userId = ''] = people
    const connectionId = randomUUID()
    await Promise.all(Array.from({ length: 12 }, () => join(roomId, userId, connectionId)))
    const stays = await sql`select 1 from public.room_participants where room_id = ${roomId}`
    expect(stays).toHaveLength(1)
  })

  test('the limit of joins holds for joins that come together', async () => {
    await sql`update private.limits set max_count = 5 where action = 'join_room'`
    try {
      const rooms = await Promise.all(Array.from({ length: 10 }, createRoom))
      const [userId = ''] = people
      const outcomes = await Promise.all(rooms.map((roomId) => join(roomId, userId, randomUUID())))
      expect(outcomes.filter((outcome) => outcome === 'joined')).toHaveLength(5)
      expect(outcomes.filter((outcome) => outcome === 'rate_limited')).toHaveLength(5)
    } finally {
      await sql`update private.limits set max_count = 1000 where action = 'join_room'`
    }
  })

  test('coming and going in any order, capacity is never exceeded and the count never wrong', async () => {
    const step = fc.record({
      person: fc.nat({ max: PEOPLE - 1 }),
      device: fc.nat({ max: 1 }),
      kind: fc.constantFrom('join', 'join', 'leave', 'drop', 'close empty', 'look'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
        await sql`delete from private.permits`
        const contradictions: string[] = []
        const roomId = await createRoom()
        const devices = people.map(() => [randomUUID(), randomUUID()])
        await Promise.all(
          steps.map(async ({ person, device, kind }) => {
            const userId = people[person] ?? ''
            const connectionId = devices[person]?.[device] ?? ''
            if (kind === 'join') await join(roomId, userId, connectionId)
            else if (kind === 'leave') await leave(roomId, userId, connectionId)
            else if (kind === 'look') contradictions.push(...findContradictions(await readFacts(roomId)))
            else if (kind === 'close empty') await sql`select private.close_empty_rooms()`
            else await dropOne(roomId, userId)
          }),
        )
        contradictions.push(...findContradictions(await readFacts(roomId)))
        expect(contradictions).toEqual([])
      }),
      { numRuns: 25 },
    )
  })
})

/** Lets a stay look as if its heartbeats had stopped, and has the scheduler's function find it. */
async function dropOne(roomId: string, userId: string): Promise<void> {
  await sql`
    update public.room_participants set last_seen_at = now() - interval '2 minutes'
    where room_id = ${roomId} and user_id = ${userId} and is_active`
  await sql`select private.drop_unseen_participants()`
}
