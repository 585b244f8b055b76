import { randomUUID } from 'node:crypto'
import * as fc from 'fast-check'
import postgres, { type Sql, type TransactionSql } from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestBackend, type TestBackend } from '../../test/support/backend.ts'

const CONNECTIONS = 20
const PEOPLE = 8
const ROOMS = 2
const MAX_USES = 3

let backend: TestBackend
let sql: Sql
/** Looks on, beside those who act. */
let watcher: Sql

beforeAll(async () => {
  backend = await startTestBackend()
  sql = postgres(backend.databaseUrl, { max: CONNECTIONS, onnotice: () => {} })
  watcher = postgres(backend.databaseUrl, { max: 1, onnotice: () => {} })
  await watcher`update private.limits set max_count = 1000`
  await watcher`update private.config set has_sfu = true`
})

afterAll(async () => {
  await sql.end()
  await watcher.end()
  await backend.stop()
})

async function actAs<T>(userId: string, run: (transaction: TransactionSql) => Promise<T>): Promise<T> {
  const result = await sql.begin(async (transaction) => {
    await transaction`
      select set_config('request.jwt.claim.sub', ${userId}, true), set_config('role', 'authenticated', true)`
    return { value: await run(transaction) }
  })
  return result.value
}

async function createPeople(): Promise<readonly string[]> {
  const ids = Array.from({ length: PEOPLE }, () => randomUUID())
  await watcher`
    insert into auth.users (id, email) select id::uuid, id || '@example.test' from unnest(${ids}::text[]) as id`
  return ids
}

interface Room {
  readonly id: string
  readonly code: string
}

/** Rooms of the first person's, private, each with an invite that serves a few. */
async function createRooms(creatorId: string): Promise<readonly Room[]> {
  return await Promise.all(
    Array.from({ length: ROOMS }, async () => {
      const code = randomUUID().replaceAll('-', '')
      const [room] = await watcher<{ id: string }[]>`
        with made as (
          insert into public.rooms (name, creator_id, privacy, max_participants)
          values ('Race', ${creatorId}, 'private', 6) returning id
        ), invited as (
          insert into public.room_invites (room_id, creator_id, code_hash, expires_at, max_uses)
          select made.id, ${creatorId}, private.invite_hash(${code}), now() + interval '1 hour', ${MAX_USES} from made
        )
        select id from made`
      return { id: room?.id ?? '', code }
    }),
  )
}

/** Refusals that are expected of people who act against each other. */
const expected = new Set([
  'not_creator',
  'not_found',
  'not_participant',
  'not_signed_in',
  'room_unavailable',
  'room_closed',
  'not_allowed',
])

async function tryAs(userId: string, run: (transaction: TransactionSql) => Promise<unknown>): Promise<void> {
  await actAs(userId, run).catch((error: unknown) => {
    // A deadlock (40P01), or anything else that is no refusal, fails the test.
    if (!(error instanceof Error && expected.has(error.message))) throw error
  })
}

const kinds = [
  'join',
  'join',
  'join',
  'join by invite',
  'join by invite',
  'revoke invites',
  'leave',
  'ban',
  'unban',
  'remove',
  'block',
  'lower capacity',
  'raise capacity',
  'make private',
  'make public',
  'lock',
  'unlock',
  'put up a door',
  'put up a door',
  'take the door away',
  'wait',
  'wait no more',
  'let in',
  'let in',
  'not now',
  'move a hand',
  'lower a hand',
  'hand over',
  'request recording',
  'consent',
  'withdraw',
  'write',
  'report',
  'delete account',
  'delete account',
  'look',
  'look',
] as const
type StepKind = (typeof kinds)[number]

const stepArbitrary = fc.record({
  kind: fc.constantFrom(...kinds),
  actor: fc.nat({ max: PEOPLE - 1 }),
  target: fc.nat({ max: PEOPLE - 1 }),
  room: fc.nat({ max: ROOMS - 1 }),
})

async function takeStep(kind: StepKind, actor: string, target: string, room: Room): Promise<void> {
  const change = (changes: object): Promise<void> =>
    tryAs(actor, (one) => one`select public.update_room_settings(${room.id}, ${one.json({ ...changes })})`)
  switch (kind) {
    case 'join':
      return await tryAs(
        actor,
        (one) => one`select public.join_room(${room.id}, ${randomUUID()}, p_supports_sfu => true)`,
      )
    case 'join by invite':
      return await tryAs(
        actor,
        (one) => one`
          select public.join_room(${room.id}, ${randomUUID()}, p_invite_code => ${room.code}, p_supports_sfu => true)`,
      )
    case 'revoke invites':
      return await tryAs(actor, (one) => one`select public.revoke_invites(${room.id})`)
    case 'leave':
      return await tryAs(
        actor,
        (one) => one`
          select public.leave_room(p.room_id, p.connection_id) from public.room_participants p
          where p.room_id = ${room.id} and p.user_id = ${actor} and p.is_active`,
      )
    case 'ban':
      if (actor === target) return
      return await tryAs(actor, (one) => one`select public.ban_person(${room.id}, ${target})`)
    case 'unban':
      if (actor === target) return
      return await tryAs(actor, (one) => one`select public.unban_person(${room.id}, ${target})`)
    case 'remove':
      if (actor === target) return
      return await tryAs(actor, (one) => one`select public.remove_participant(${room.id}, ${target})`)
    case 'block':
      if (actor === target) return
      return await tryAs(actor, (one) => one`select public.block_person(${target})`)
    case 'lower capacity':
      return await change({ maxParticipants: 3 })
    case 'raise capacity':
      return await change({ maxParticipants: 6, tags: [target.slice(0, 8)] })
    case 'make private':
      return await change({ privacy: 'private' })
    case 'make public':
      return await change({ privacy: 'public' })
    case 'lock':
      return await tryAs(actor, (one) => one`select public.set_room_lock(${room.id}, true)`)
    case 'unlock':
      return await tryAs(actor, (one) => one`select public.set_room_lock(${room.id}, false)`)
    case 'put up a door':
      return await change({ privacy: 'private', settings: { waitingRoom: true } })
    case 'take the door away':
      return await change({ settings: { waitingRoom: false } })
    case 'wait':
      return await tryAs(actor, (one) => one`select public.await_admission(${room.id})`)
    case 'wait no more':
      return await tryAs(actor, (one) => one`select public.cancel_admission(${room.id})`)
    case 'let in':
    case 'not now':
      if (actor === target) return
      return await tryAs(
        actor,
        (one) => one`select public.decide_admission(${room.id}, ${target}, ${kind === 'let in'})`,
      )
    case 'move a hand':
      return await tryAs(actor, (one) => one`select public.set_hand(${room.id}, random() < 0.7)`)
    case 'lower a hand':
      if (actor === target) return
      return await tryAs(actor, (one) => one`select public.lower_hand(${room.id}, ${target})`)
    case 'hand over':
      if (actor === target) return
      return await tryAs(actor, (one) => one`select public.transfer_room(${room.id}, ${target})`)
    case 'request recording':
      return await tryAs(actor, (one) => one`select public.request_recording(${room.id})`)
    case 'consent':
      return await tryAs(
        actor,
        (one) => one`
          select public.answer_recording(r.id, true) from public.recordings r
          where r.room_id = ${room.id} and r.status <> 'ended'`,
      )
    case 'withdraw':
      return await tryAs(
        actor,
        (one) => one`
          select public.withdraw_consent(r.id) from public.recordings r
          where r.room_id = ${room.id} and r.status <> 'ended'`,
      )
    case 'write':
      return await tryAs(
        actor,
        (one) => one`select public.send_message(${room.id}, 'Hello', ${randomUUID()})`,
      )
    case 'report':
      if (actor === target) return
      return await tryAs(actor, (one) => one`select public.report_person(${target}, ${room.id}, 'spam', '')`)
    case 'delete account':
      await deleteAccount(target)
      return
    case 'look':
      return
  }
}

async function deleteAccount(userId: string): Promise<void> {
  await sql`delete from auth.users where id = ${userId}`
}

/** Until a statement that has this in it waits for a lock, by what PostgreSQL says. */
async function waitUntilBlocked(statement: string): Promise<void> {
  await expect
    .poll(
      async () =>
        await watcher`
          select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like ${`%${statement}%`}`,
      { timeout: 30_000 },
    )
    .toHaveLength(1)
}

/** What cannot be true of these rooms at any moment; one statement, and so one moment. */
async function findContradictions(roomIds: readonly string[]): Promise<readonly string[]> {
  const rows = await watcher<{ what: string }[]>`
    with inside as (select p.* from public.room_participants p where p.is_active and p.room_id = any (${[...roomIds]})),
    looked as (select r.* from public.rooms r where r.id = any (${[...roomIds]}))
    select 'the count is wrong in ' || r.id as what from looked r
    where r.participant_count <> (select count(*) from inside p where p.room_id = r.id)
    union all
    select 'somebody is in twice in ' || p.room_id from inside p group by p.room_id, p.user_id having count(*) > 1
    union all
    select 'more people than ever fitted into ' || r.id from looked r where r.participant_count > 6
    union all
    select 'somebody banned is inside ' || p.room_id from inside p
    join public.room_bans b on b.room_id = p.room_id and b.user_id = p.user_id
      and (b.expires_at is null or b.expires_at > now())
    union all
    select 'an invite was used more often than it serves: ' || i.used_count from public.room_invites i
    where i.room_id = any (${[...roomIds]}) and i.used_count > i.max_uses
    union all
    select 'the creator is banned from ' || r.id from looked r
    join public.room_bans b on b.room_id = r.id and b.user_id = r.creator_id
    union all
    select 'somebody is recorded who has not agreed' from public.recordings c
    join inside p on p.room_id = c.room_id
    where c.status = 'recording' and c.room_id = any (${[...roomIds]}) and not exists (
      select 1 from public.recording_consents a
      where a.recording_id = c.id and a.user_id = p.user_id and (a.answer = 'given' or a.is_late))`
  return rows.map(({ what }) => what)
}

test('whatever people and their creator do at once, nobody is in who must not be, and nothing locks up', async () => {
  let joined = 0
  await fc.assert(
    fc.asyncProperty(fc.array(stepArbitrary, { minLength: 50, maxLength: 90 }), async (steps) => {
      await watcher`delete from private.permits`
      const people = await createPeople()
      const [creator = ''] = people
      const rooms = await createRooms(creator)
      const roomIds = rooms.map(({ id }) => id)
      // One room has a door from the beginning, and somebody inside who opens it.
      await watcher`
        update public.rooms set settings = settings || '{"waiting_room": true}' where id = ${roomIds[0] ?? ''}`
      await takeStep('join', creator, creator, rooms[0] ?? { id: '', code: '' })
      const contradictions: string[] = []
      const look = async (): Promise<void> => {
        contradictions.push(...(await findContradictions(roomIds)))
      }
      await Promise.all(
        steps.map(async ({ kind, actor, target, room }) => {
          const [place] = rooms.slice(room)
          if (!place) return
          if (kind === 'look') return await look()
          // What only the creator may do is mostly tried by who began as one.
          const isTheCreators = !/join|leave|look|consent|withdraw|recording|wait|move/.test(kind)
          const by = isTheCreators && target % 4 > 0 ? creator : (people[actor] ?? '')
          await takeStep(kind, by, people[target] ?? '', place)
        }),
      )
      await look()
      expect(contradictions).toEqual([])
      const [count] = await watcher<{ joined: number }[]>`
        select count(*)::int as joined from public.room_participants p where p.room_id = any (${roomIds})`
      joined += count?.joined ?? 0
    }),
    // What went wrong once under way cannot be found again by asking for less.
    { numRuns: 10, endOnFailure: true },
  )
  // Otherwise nothing of what is held to above has been tried.
  expect(joined).toBeGreaterThan(0)
}, 240_000)

test('an invite with one use left lets in one of many who use it at once', async () => {
  const people = await createPeople()
  const [room] = await createRooms(people[0] ?? '')
  if (!room) throw new Error('there is no room')
  await watcher`update public.room_invites set used_count = ${MAX_USES - 1} where room_id = ${room.id}`
  const guests = people.slice(1)
  const answers = await Promise.all(
    guests.map((guest) =>
      actAs(guest, async (one) => {
        const [row] = await one<{ answer: { refusal?: string } }[]>`
          select public.join_room(${room.id}, ${randomUUID()}, p_invite_code => ${room.code}) as answer`
        return row?.answer.refusal ?? 'joined'
      }),
    ),
  )
  expect(answers.toSorted()).toEqual(['joined', ...guests.slice(1).map(() => 'room_unavailable')])
  const [facts] = await watcher<{ used: number; members: number }[]>`
    select i.used_count as used, (select count(*)::int from public.room_members m where m.room_id = i.room_id) as members
    from public.room_invites i where i.room_id = ${room.id}`
  expect(facts).toEqual({ used: MAX_USES, members: 1 })
})

test('one person who uses an invite many times at once uses it up by one', async () => {
  const people = await createPeople()
  const [room] = await createRooms(people[0] ?? '')
  if (!room) throw new Error('there is no room')
  const connectionId = randomUUID()
  await Promise.all(
    Array.from({ length: 8 }, () =>
      actAs(
        people[1] ?? '',
        (one) => one`select public.join_room(${room.id}, ${connectionId}, p_invite_code => ${room.code})`,
      ),
    ),
  )
  const [facts] = await watcher<{ used: number; stays: number }[]>`
    select i.used_count as used,
      (select count(*)::int from public.room_participants p where p.room_id = i.room_id) as stays
    from public.room_invites i where i.room_id = ${room.id}`
  expect(facts).toEqual({ used: 1, stays: 1 })
})

test('people are let in by an invite while others show it', async () => {
  const [creator = '', ...guests] = await createPeople()
  const [room] = await createRooms(creator)
  if (!room) throw new Error('there is no room')
  await watcher`update public.rooms set settings = settings || '{"waiting_room": true}' where id = ${room.id}`
  await takeStep('join', creator, creator, room)
  const ask = (guest: string): Promise<void> => takeStep('join by invite', guest, guest, room)
  await Promise.all(guests.map(ask))
  await Promise.all(guests.flatMap((guest) => [takeStep('let in', creator, guest, room), ask(guest)]))
  const [facts] = await watcher<{ used: number; members: number }[]>`
    select i.used_count as used, (select count(*)::int from public.room_members m where m.room_id = i.room_id) as members
    from public.room_invites i where i.room_id = ${room.id}`
  expect(facts).toEqual({ used: MAX_USES, members: guests.length })
})

test('of two who wait no more at the same moment, neither is shown at the door for ever', async () => {
  const [creator = '', ...guests] = await createPeople()
  const [room] = await createRooms(creator)
  if (!room) throw new Error('there is no room')
  const [first = '', second = ''] = guests
  await watcher`insert into private.admissions (room_id, user_id) values (${room.id}, ${first}), (${room.id}, ${second})`
  let later: Promise<void> | undefined
  await actAs(first, async (one) => {
    await one`select public.cancel_admission(${room.id})`
    later = tryAs(second, (another) => another`select public.cancel_admission(${room.id})`)
    await Promise.race([later, waitUntilBlocked('cancel_admission')])
  })
  await later
  const told = await watcher<{ count: number }[]>`
    select jsonb_array_length(payload -> 'admissions') as count from realtime.messages
    where event = 'admissions_changed' and topic = ${`room:${room.id}`} order by 1`
  expect(told).toEqual([{ count: 0 }, { count: 1 }])
})

test('people who know each other are deleted at once, while others come in', async () => {
  const rounds = 6
  for (let round = 0; round < rounds; round += 1) {
    const people = await createPeople()
    await watcher`
      insert into public.rooms (name, creator_id) select 'Shared', id::uuid from unnest(${[...people]}::text[]) as id`
    const rooms = await watcher<{ id: string }[]>`
      select id from public.rooms where creator_id = any (${[...people]}) order by random()`
    const roomIds = rooms.map(({ id }) => id)
    // Everybody knows everybody, and has left something of theirs in every room, in an order of their own.
    await Promise.all(
      people.map(
        (one) => watcher`
        with met as (select id::uuid from unnest(${[...people]}::text[]) as id where id <> ${one} order by random()),
        entered as (select id::uuid from unnest(${roomIds}::text[]) as id order by random()),
        blocked as (insert into public.blocked_people (blocker_id, blocked_id, display_name) select ${one}, id, 'Them' from met),
        reported as (
          insert into public.reports (reporter_id, reported_id, reporter_name, reported_name, room_name, reason)
          select ${one}, id, 'Me', 'Them', 'Shared', 'spam' from met
        )
        insert into public.messages (room_id, author_id, client_message_id, body)
        select id, ${one}, gen_random_uuid(), 'Hello' from entered`,
      ),
    )
    const newcomers = await createPeople()
    await Promise.all([
      ...people.map((one) => deleteAccount(one)),
      ...newcomers.flatMap((one, index) =>
        roomIds.slice(index % 2, 4).map((roomId) =>
          // Twice from one person, so that a transaction changes the room twice.
          tryAs(one, async (transaction) => {
            await transaction`select public.join_room(${roomId}, ${randomUUID()}, p_supports_sfu => true)`
            await transaction`select public.join_room(${roomId}, ${randomUUID()}, p_supports_sfu => true)`
          }),
        ),
      ),
    ])
    const [left] = await watcher<{ accounts: number; rooms: number; blocks: number; messages: number }[]>`
      select (select count(*)::int from public.profiles where id = any (${[...people]})) as accounts,
        (select count(*)::int from public.rooms where id = any (${roomIds}) and is_active) as rooms,
        (select count(*)::int from public.blocked_people where blocker_id = any (${[...people]})) as blocks,
        (select count(*)::int from public.messages where room_id = any (${roomIds})) as messages`
    expect(left).toEqual({ accounts: 0, rooms: PEOPLE, blocks: 0, messages: 0 })
  }
}, 120_000)

test('a deletion that waits for a room is not waited for by who changes the room', async () => {
  const [creator = '', guest = ''] = await createPeople()
  const [room] = await createRooms(creator)
  if (!room) throw new Error('there is no room')
  let deletion: Promise<void> | undefined
  await sql.begin(async (transaction) => {
    await transaction`select 1 from public.rooms where id = ${room.id} for update`
    deletion = deleteAccount(creator)
    await waitUntilBlocked('delete from auth.users')
    // The second change of a row within a transaction checks its foreign keys, its creator's among them.
    await transaction`
      insert into public.room_participants (room_id, user_id, connection_id) values (${room.id}, ${guest}, ${randomUUID()})`
    await transaction`update public.rooms set name = 'Changed' where id = ${room.id}`
  })
  await deletion
  const [left] =
    await watcher`select name, creator_id, participant_count from public.rooms where id = ${room.id}`
  expect(left).toEqual({ name: 'Changed', creator_id: guest, participant_count: 1 })
})
