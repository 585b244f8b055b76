import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { z } from 'zod'
import { startTestBackend, type TestBackend } from '../../../test/support/backend.ts'

const probeObjects = join(import.meta.dirname, '..', 'testing', '29991231000000_create_probe_objects.sql')

let backend: TestBackend
let sql: Sql
let key: Uint8Array

beforeAll(async () => {
  backend = await startTestBackend({ extraMigrations: [probeObjects] })
  sql = postgres(backend.databaseUrl, { max: 1, onnotice: () => {} })
  const secrets: unknown = JSON.parse(await readFile(join(backend.dataDir, 'secrets.json'), 'utf8'))
  key = new TextEncoder().encode(z.object({ jwtSecret: z.string() }).parse(secrets).jwtSecret)
})

afterAll(async () => {
  await sql.end()
  await backend.stop()
})

const tokenOf = async (userId: string, claims: Record<string, unknown> = {}): Promise<string> =>
  await new SignJWT({ role: 'authenticated', sub: userId, ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(key)

/** Somebody with an account, and a token for it. */
async function createPerson(): Promise<{ readonly userId: string; readonly token: string }> {
  const userId = randomUUID()
  await sql`insert into auth.users (id, email) values (${userId}, ${`${userId}@example.test`})`
  return { userId, token: await tokenOf(userId) }
}

type Asked = { readonly status: number; readonly type: string | null; readonly text: string }
/** `byLibrary`: whether the library answered, which gives a range with every answer that is no refusal. */
type Answered = Asked & { readonly byLibrary: boolean }

async function ask(
  name: string,
  body: string,
  token: string | null,
  more: Record<string, string> = {},
): Promise<Answered> {
  const response = await fetch(`${backend.url}/rest/v1/rpc/${name}`, {
    method: 'POST',
    headers: {
      apikey: backend.publishableKey,
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...more,
    },
    body,
  })
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    text: await response.text(),
    byLibrary: response.headers.has('content-range'),
  }
}

/** The same by the library alone: it takes this media type for JSON, and the shortcut leaves it to it. */
const askLibrary = async (name: string, body: string, token: string | null): Promise<Answered> =>
  await ask(name, body, token, { accept: 'application/json, */*' })

const withoutWay = ({ status, type, text }: Answered): Asked => ({ status, type, text })
const json = (value: unknown): string => JSON.stringify(value)

describe('a plain call', () => {
  test.each<[string, string, unknown]>([
    ['JSON', 'probe_who_am_i', {}],
    ['a list', 'list_blocked_people', {}],
    ['a text', 'heartbeat', { p_room_id: randomUUID(), p_connection_id: randomUUID() }],
    ['nothing', 'leave_room', { p_room_id: randomUUID(), p_connection_id: randomUUID() }],
    ['null', 'get_study_session', {}],
    [
      'a refusal that leaves a trace',
      'join_room',
      { p_room_id: randomUUID(), p_connection_id: randomUUID() },
    ],
  ])('that answers %s is answered as by the library, without it', async (_, name, parameters) => {
    const { token } = await createPerson()
    const byLibrary = await askLibrary(name, json(parameters), token)
    const first = await ask(name, json(parameters), token)
    const again = await ask(name, json(parameters), token)
    expect(byLibrary).toMatchObject({ byLibrary: true })
    expect([first.byLibrary, again.byLibrary]).toEqual([false, false])
    expect(withoutWay(first)).toEqual(withoutWay(byLibrary))
    expect(withoutWay(again)).toEqual(withoutWay(byLibrary))
  })

  test.each<[string, string, string]>([
    ['an expected refusal', 'list_participants', json({ p_room_id: randomUUID() })],
    ['a refusal of input', 'join_room', json({ p_room_id: null, p_connection_id: null })],
    ['a value of another type', 'list_participants', json({ p_room_id: 'the library' })],
    ['a character that no text holds', 'find_invited_room', json({ p_code: 'a\0b' })],
    ['a number where a text belongs', 'find_invited_room', json({ p_code: 5 })],
    [
      'a text where a boolean belongs',
      'set_room_lock',
      json({ p_room_id: randomUUID(), p_is_locked: 'true' }),
    ],
    ['a parameter that there is not', 'list_participants', json({ p_room_id: randomUUID(), p_more: 1 })],
    ['a parameter too few', 'heartbeat', json({ p_room_id: randomUUID() })],
    ['a list for a body', 'list_participants', '[]'],
    ['a body that is no JSON', 'list_participants', '{'],
    ['an empty body', 'list_blocked_people', ''],
    ['a function that there is not', 'no_such_function', '{}'],
    ['a function of the service', 'take_sfu_rooms', json({ p_limit: 1 })],
    ['a function that nobody was granted', 'probe_ungranted', '{}'],
    ['an inner property of objects', 'constructor', '{}'],
  ])('with %s is refused as by the library', async (_, name, body) => {
    const { token } = await createPerson()
    const byLibrary = await askLibrary(name, body, token)
    // Twice: the second time the connection knows the statement.
    expect(withoutWay(await ask(name, body, token))).toEqual(withoutWay(byLibrary))
    expect(withoutWay(await ask(name, body, token))).toEqual(withoutWay(byLibrary))
  })

  it('of somebody whose account is gone is refused as by the library', async () => {
    const { token, userId } = await createPerson()
    await sql`delete from auth.users where id = ${userId}`
    const parameters = json({ p_room_id: randomUUID(), p_connection_id: randomUUID() })
    const byLibrary = await askLibrary('join_room', parameters, token)
    expect(byLibrary.status).toBe(401)
    expect(withoutWay(await ask('join_room', parameters, token))).toEqual(withoutWay(byLibrary))
  })

  it('is left to the library with a token that is not somebody’s', async () => {
    for (const token of [null, await tokenOf(randomUUID(), { role: 'anon' }), `${await tokenOf('x')}x`]) {
      const byLibrary = await askLibrary('probe_who_am_i', '{}', token)
      expect(await ask('probe_who_am_i', '{}', token)).toEqual(byLibrary)
    }
  })
})

describe('many plain calls at once', () => {
  it('run each as its caller, and leave nothing of them to the next', async () => {
    const people = await Promise.all(Array.from({ length: 30 }, createPerson))
    const whoAmI = async (token: string | null): Promise<unknown> =>
      z
        .object({ uid: z.string().nullable() })
        .parse(JSON.parse((await ask('probe_who_am_i', '{}', token)).text)).uid
    for (let round = 0; round < 3; round++) {
      const answers = await Promise.all(people.flatMap(({ token }) => [whoAmI(token), whoAmI(null)]))
      expect(answers).toEqual(people.flatMap(({ userId }) => [userId, null]))
    }
  })
})

test('no function of ours says anything of its answer but by what it returns', async () => {
  const speaking = await sql`
    select p.oid::regprocedure::text as name from pg_proc p
    where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
      and p.prosrc ~ 'response\.(status|headers)'`
  expect([...speaking]).toEqual([])
})
