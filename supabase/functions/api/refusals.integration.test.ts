import { randomUUID } from 'node:crypto'
import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  findAnswerProblems,
  refusalSchema,
  type ApiAnswer,
} from '../../../test/support/api/answerProblems.ts'
import { sendApiRequest } from '../../../test/support/api/findWeaknesses.ts'
import {
  createHostileWorld,
  createWorldPeople,
  type HostileWorld,
  type WorldPeople,
} from '../../../test/support/api/hostileWorld.ts'
import { readApiDocument, type ApiOperation } from '../../../test/support/api/readApiDocument.ts'
import { startTestBackend, type TestBackend } from '../../../test/support/backend.ts'

/** What differs from a request that is met. */
interface Change {
  readonly id?: string
  readonly userId?: string
  readonly code?: string
  readonly body?: object
}

let backend: TestBackend
let sql: Sql
let people: WorldPeople
let world: HostileWorld
let operations: readonly ApiOperation[]

beforeAll(async () => {
  backend = await startTestBackend()
  sql = postgres(backend.databaseUrl, { max: 1, onnotice: () => {} })
  ;({ people } = await createWorldPeople(backend, sql))
  operations = (await readApiDocument(`${backend.url}/functions/v1`)).operations
})

afterAll(async () => {
  await sql.end()
  await backend.stop()
})

beforeEach(async () => {
  await forgetEverything()
})

async function forgetEverything(): Promise<void> {
  await sql`delete from private.permits`
  await sql`update private.limits set max_count = 1000`
  await sql`update private.config set has_sfu = false`
  world = await createHostileWorld(sql, people, [])
}

/** Bodies with which an operation is met, when it is asked of the asker's own room. */
const bodies: Readonly<Record<string, () => object>> = {
  createRoom: () => ({ name: 'Algebra' }),
  updateRoom: () => ({ name: 'Geometry' }),
  joinRoom: () => ({ connectionId: randomUUID() }),
  leaveRoom: () => ({ connectionId: world.connections.own }),
  setMediaState: () => ({ isMuted: true, isVideoOff: false, isScreensharing: true }),
  decideAdmission: () => ({ isAdmitted: true }),
  setHand: () => ({ isRaised: true }),
  createInvite: () => ({}),
  findInvite: () => ({ code: world.values.code?.[0] }),
  transferRoom: () => ({ userId: people.third.userId }),
  lockRoom: () => ({ isLocked: true }),
  createMediaToken: () => ({ connectionId: world.connections.own }),
}

async function ask(
  operation: ApiOperation,
  change: Change = {},
  headers?: Record<string, string>,
  raw?: string,
) {
  const parts: Readonly<Record<string, string>> = {
    id: change.id ?? world.rooms.own,
    userId: change.userId ?? people.third.userId,
    code: change.code ?? world.values.code?.[0] ?? '',
  }
  const body = change.body ?? bodies[operation.id]?.()
  const secret = operation.access === 'secret' ? backend.secretKey : people.asker.token
  return await sendApiRequest(
    { baseUrl: `${backend.url}/functions/v1`, publishableKey: backend.publishableKey },
    {
      method: operation.method,
      path: operation.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => parts[name] ?? ''),
      headers: headers ?? { authorization: `Bearer ${secret}` },
      body: raw ?? (body ? JSON.stringify(body) : null),
    },
  )
}

async function moveToMediaServer(roomId: string): Promise<void> {
  await sql`update private.config set has_sfu = true`
  await sql`update public.rooms set topology = 'sfu' where id = ${roomId}`
}

async function addWaitingRoom(): Promise<void> {
  await sql`select private.set_room_password(${world.rooms.hidden}, 'sesame')`
  await sql`update public.rooms set settings = settings || '{"waiting_room": true}' where id = ${world.rooms.hidden}`
}

/** How a code is provoked where an operation has no way of its own. */
const usual: Readonly<Record<string, (operation: ApiOperation) => Promise<ApiAnswer>>> = {
  '401 not_signed_in': (operation) => ask(operation, {}, {}),
  '400 invalid_input': async (operation) => {
    if (operation.path.includes('{id}')) return await ask(operation, { id: 'x' })
    if (operation.body) return await ask(operation, {}, undefined, '{')
    const [parameter] = operation.parameters
    return await ask({ ...operation, path: `${operation.path}?${parameter?.name}=1&${parameter?.name}=2` })
  },
  '413 invalid_input': (operation) => ask(operation, {}, undefined, 'x'.repeat(9 * 1024 * 1024)),
  '429 rate_limited': async (operation) => {
    await sql`update private.limits set max_count = 1`
    await sql`
      insert into private.permits (user_id, action, taken_at)
      select ${people.asker.userId}, l.action, array[now()] from private.limits l`
    await sql`
      update public.room_participants set media_changes = 1, media_changes_since = now()
      where user_id = ${people.asker.userId}`
    return await ask(operation)
  },
  '404 room_unavailable': (operation) => ask(operation, { id: world.rooms.hidden }),
  '403 not_creator': (operation) => ask(operation, { id: world.rooms.open }),
  '410 room_closed': (operation) => ask(operation, { id: world.rooms.closed }),
  '403 not_participant': (operation) => ask(operation, { id: world.rooms.hidden }),
  '404 not_found': (operation) => ask(operation, { userId: randomUUID(), body: { userId: randomUUID() } }),
}

/** How some operations are brought to refuse. */
const special: Readonly<Record<string, (operation: ApiOperation) => Promise<ApiAnswer>>> = {
  'joinRoom 403 not_participant': async (operation) => {
    await ask(operation)
    return await ask(operation, { body: { connectionId: world.connections.own } })
  },
  'joinRoom 409 room_full': async (operation) => {
    await sql`update public.rooms set max_participants = 2 where id = ${world.rooms.own}`
    await sql`
      update public.room_participants set user_id = ${people.other.userId}
      where room_id = ${world.rooms.own} and user_id = ${people.asker.userId}`
    return await ask(operation)
  },
  'joinRoom 409 room_locked': async (operation) => {
    await sql`update public.rooms set is_locked = true where id = ${world.rooms.open}`
    await sql`delete from public.room_participants where room_id = ${world.rooms.open}`
    return await ask(operation, { id: world.rooms.open })
  },
  'joinRoom 503 sfu_unavailable': async (operation) => {
    await moveToMediaServer(world.rooms.own)
    return await ask(operation)
  },
  'joinRoom 409 admission_needed': async (operation) => {
    await addWaitingRoom()
    return await ask(operation, {
      id: world.rooms.hidden,
      body: { connectionId: randomUUID(), password: 'sesame' },
    })
  },
  'joinRoom 409 admission_refused': async (operation) => {
    await addWaitingRoom()
    await sql`
      insert into private.admissions (room_id, user_id, decision, decided_at)
      values (${world.rooms.hidden}, ${people.asker.userId}, 'refused', now())`
    return await ask(operation, {
      id: world.rooms.hidden,
      body: { connectionId: randomUUID(), password: 'sesame' },
    })
  },
  'decideAdmission 404 not_found': (operation) => ask(operation, { userId: randomUUID() }),
  'setMediaState 403 not_allowed': async (operation) => {
    await sql`update public.rooms set settings = settings || '{"allow_video": false}' where id = ${world.rooms.own}`
    return await ask(operation)
  },
  'createInvite 403 not_allowed': async (operation) => {
    await sql`
      insert into public.room_invites (room_id, creator_id, code_hash, expires_at, max_uses)
      select ${world.rooms.own}, ${people.asker.userId}, private.invite_hash(n::text || ${world.rooms.own}),
        now() + interval '1 hour', 1
      from generate_series(1, 50) as n`
    return await ask(operation)
  },
  'revokeInvite 404 not_found': (operation) => ask(operation, { code: randomUUID() }),
  'findInvite 404 room_unavailable': (operation) =>
    ask(operation, { body: { code: 'neverWasThereAtAll0000' } }),
  'createMediaToken 503 sfu_unavailable': (operation) => ask(operation),
  'sweepSfu 503 sfu_unavailable': (operation) => ask(operation),
  'hearSfuEvent 503 sfu_unavailable': (operation) => ask(operation),
  'createMediaToken 409 recording_needs_consent': async (operation) => {
    await moveToMediaServer(world.rooms.own)
    await sql`
      insert into public.recordings (room_id, status, started_at) values (${world.rooms.own}, 'recording', now())`
    return await ask(operation)
  },
}

/** What a media server is needed for: the tests of the media server's own routes ask for it with one. */
const needsMediaServer = new Set(['createMediaToken', 'sweepSfu', 'hearSfuEvent'])

test('every refusal that the document lists does occur', async () => {
  const listed = operations.flatMap((operation) =>
    [...operation.codes].flatMap(([status, codes]) =>
      codes
        // A bug, and a database that is not there: `app.test.ts` and `databaseCall.test.ts` make up both.
        .filter((code) => code !== 'internal')
        .map((code) => ({ operation, refusal: `${status} ${code}` }))
        // Without a media server there is no signature to be checked.
        .filter(({ refusal }) => operation.id !== 'hearSfuEvent' || refusal !== '401 not_signed_in'),
    ),
  )
  expect(listed.length).toBeGreaterThan(100)
  const differences: string[] = []
  for (const { operation, refusal } of listed) {
    await forgetEverything()
    const provoke = special[`${operation.id} ${refusal}`] ?? usual[refusal]
    const answer = await provoke?.(operation)
    const parsed = refusalSchema.safeParse(JSON.parse(answer?.text || 'null'))
    const actual = `${answer?.status} ${parsed.data?.error.code}`
    if (actual !== refusal) differences.push(`${operation.id}: ${refusal} is listed, ${actual} came`)
    if (answer)
      differences.push(...findAnswerProblems(operation, answer).map((one) => `${operation.id}: ${one}`))
  }
  expect(differences).toEqual([])
}, 240_000)

test('what is asked for as it should be is met', async () => {
  const differences: string[] = []
  for (const operation of operations) {
    await forgetEverything()
    if (needsMediaServer.has(operation.id)) continue
    const answer = await ask(operation)
    if (answer.status >= 400) differences.push(`${operation.id}: ${answer.status} ${answer.text}`)
    differences.push(...findAnswerProblems(operation, answer).map((one) => `${operation.id}: ${one}`))
  }
  expect(differences).toEqual([])
}, 240_000)
