import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import type { Sql } from 'postgres'
import { readSecrets, type Secrets } from '../../../src/backend/secrets/secrets.ts'
import { signUp, type Person } from '../../../supabase/tests/support/person.ts'
import type { TestBackend } from '../backend.ts'
import type { KnownValues } from './hostileRequests.ts'

/** Who is in the world: the one who asks, two others, and one whose account has been deleted. */
export interface WorldPeople {
  readonly asker: Person
  readonly other: Person
  readonly third: Person
  readonly deleted: Person
}

interface Claims {
  readonly sub: string
  readonly role?: string
  /** Seconds since 1970. */
  readonly expiresAt?: number
}

async function signToken(
  secret: string,
  { sub, role = 'authenticated', expiresAt }: Claims,
): Promise<string> {
  return await new SignJWT({ role, aud: 'authenticated' })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(sub)
    .setIssuedAt()
    .setExpirationTime(expiresAt ?? Math.floor(Date.now() / 1_000) + 3_600)
    .sign(new TextEncoder().encode(secret))
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The people of a world, with limits and the scheduler out of their way; and what must serve nobody. */
export async function createWorldPeople(
  backend: TestBackend,
  sql: Sql,
): Promise<{
  readonly people: WorldPeople
  readonly badAuthorizations: readonly (string | undefined)[]
}> {
  await sql`update private.limits set max_count = 1000`
  await sql`update private.config set participant_expiry = '1 hour'`
  const [asker, other, third, deleted] = await Promise.all([
    signUp(backend, 'Ada'),
    signUp(backend, 'Ben'),
    signUp(backend, 'Cyd'),
    signUp(backend, 'Gone'),
  ])
  await sql`delete from auth.users where id = ${deleted.userId}`
  const secrets = await readSecrets(join(backend.dataDir, 'secrets.json'))
  if (!secrets.ok) throw new Error(secrets.error.message)
  const people = { asker, other, third, deleted }
  return { people, badAuthorizations: await createBadAuthorizations(people, secrets.value) }
}

/** Every value of the header `authorization` that must serve nobody. */
async function createBadAuthorizations(
  people: WorldPeople,
  secrets: Secrets,
): Promise<readonly (string | undefined)[]> {
  const { userId, token } = people.asker
  const sign = (claims: Claims, secret = secrets.jwtSecret): Promise<string> => signToken(secret, claims)
  const [header = '', payload = '', signature = ''] = token.split('.')
  const tokens = [
    await sign({ sub: userId, expiresAt: Math.floor(Date.now() / 1_000) - 60 }),
    await sign({ sub: userId }, 'another secret of at least thirty-two characters'),
    await sign({ sub: userId, role: 'anon' }),
    await sign({ sub: userId, role: 'no_such_role' }),
    await sign({ sub: 'not-a-uuid' }),
    await sign({ sub: '' }),
    await sign({ sub: randomUUID() }),
    people.deleted.token,
    `${encode({ alg: 'none', typ: 'JWT' })}.${payload}.`,
    `${encode({ alg: 'none', typ: 'JWT' })}.${payload}.${signature}`,
    `${encode({ alg: 'HS512', typ: 'JWT' })}.${payload}.${signature}`,
    `${header}.${encode({ sub: userId, role: 'service_role', exp: 4_102_444_800 })}.${signature}`,
    `${header}.${payload}`,
    `${token}x`,
    secrets.publishableKey,
    'a.b.c',
    'x'.repeat(4_000),
    'x'.repeat(9_000),
  ]
  return [
    undefined,
    '',
    'Bearer',
    'Bearer ',
    `Basic ${Buffer.from('ada:secret').toString('base64')}`,
    `Bearer ${token} ${token}`,
    `Bearer ${token}, Bearer ${token}`,
    token,
    ...tokens.map((one) => `Bearer ${one}`),
  ]
}

/** A world for hostile requests. */
export interface HostileWorld extends KnownValues {
  readonly rooms: {
    readonly own: string
    readonly closed: string
    readonly open: string
    readonly hidden: string
  }
  /** The asker's connection in the room of each name. */
  readonly connections: { readonly own: string; readonly open: string }
}

/**
 * Rooms of every kind for the asker to hit upon: their own open one with the others inside and an invite, one that is
 * closed, another's open one that they are in, and a hidden one.
 */
export async function createHostileWorld(
  sql: Sql,
  people: WorldPeople,
  badAuthorizations: readonly (string | undefined)[],
): Promise<HostileWorld> {
  const { asker, other, third } = people
  const [own, closed, open, hidden] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()] as const
  const connections = [randomUUID(), randomUUID(), randomUUID(), randomUUID()] as const
  const code = randomUUID().replaceAll('-', '')
  const inviteId = randomUUID()
  await sql.begin(async (transaction) => {
    await transaction`
      insert into public.rooms (id, name, creator_id, privacy, is_active, closed_at) values
        (${own}, 'Own', ${asker.userId}, 'public', true, null),
        (${closed}, 'Closed', ${asker.userId}, 'public', false, now()),
        (${open}, 'Open', ${other.userId}, 'public', true, null),
        (${hidden}, 'Hidden', ${other.userId}, 'private', true, null)`
    await transaction`
      insert into public.room_participants (room_id, user_id, connection_id) values
        (${own}, ${asker.userId}, ${connections[0]}), (${own}, ${third.userId}, ${connections[1]}),
        (${open}, ${asker.userId}, ${connections[2]}), (${hidden}, ${third.userId}, ${connections[3]})`
    await transaction`insert into public.room_members (room_id, user_id) values (${own}, ${third.userId})`
    await transaction`
      insert into public.room_invites (id, room_id, creator_id, code_hash, expires_at, max_uses)
      values (${inviteId}, ${own}, ${asker.userId}, private.invite_hash(${code}), now() + interval '1 hour', 5)`
    await transaction`
      insert into private.admissions (room_id, user_id) values (${own}, ${third.userId}), (${own}, ${other.userId})`
  })
  return {
    rooms: { own, closed, open, hidden },
    connections: { own: connections[0], open: connections[2] },
    values: {
      id: [own, own, own, open, closed, hidden, randomUUID()],
      userId: [third.userId, other.userId, asker.userId, randomUUID()],
      connectionId: [...connections, randomUUID()],
      code: [code, inviteId],
      inviteCode: [code],
      'idempotency-key': [randomUUID()],
    },
    goodTokens: [asker.token],
    badAuthorizations,
  }
}
