// Whether the time that a refusal takes tells a room that one may not know of from one that there is not.
import { randomBytes, randomUUID } from 'node:crypto'
import process from 'node:process'
import postgres from 'postgres'
import { signUp, type Person } from '../../supabase/tests/support/person.ts'
import { startTestBackend } from '../../test/support/backend.ts'
import { createChannelJoiner } from './channelJoiner.ts'
import {
  FAMILY_ERROR_RATE,
  findTellingTimings,
  SMALLEST_EFFECT,
  type TimingComparison,
} from './judgeTimings.ts'
import { mannWhitney } from './mannWhitney.ts'
import { median, printReport, quantile, type Figure } from './report.ts'

const RUNS = Number(process.argv[2] ?? 1_000)
/** Binary logarithm of bcrypt's rounds: 10 in earnest; with less, hashing hides less of what else may differ. */
const BCRYPT_COST = Number(process.argv[3] ?? 10)

/** Something that is asked in several ways, of which the first is about nothing at all. */
interface Probe {
  readonly name: string
  readonly cases: Readonly<Record<string, () => Promise<unknown>>>
}

function textOf(body: unknown, key: string): string {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, key) : undefined
  return typeof value === 'string' ? value : ''
}

async function createRoom(owner: Person, room: object): Promise<string> {
  const { body } = await owner.call('POST', '/rooms/create', { name: 'Hidden', privacy: 'private', ...room })
  return textOf(body, 'roomId')
}

const newCode = (): string => randomBytes(16).toString('base64url')

/** The order of a turn: another one each time, so that nothing always follows the same. */
function shuffle<T>(values: readonly T[]): readonly T[] {
  return values
    .map((value) => ({ value, place: Math.random() }))
    .sort((left, right) => left.place - right.place)
    .map(({ value }) => value)
}

/** Every case beside the first of its group. */
const comparisons: TimingComparison[] = []

async function measure(probe: Probe): Promise<readonly Figure[]> {
  const timesMs = new Map(Object.keys(probe.cases).map((name) => [name, [] as number[]]))
  const answers = new Set<string>()
  for (let run = 0; run < RUNS; run++) {
    for (const [name, ask] of shuffle(Object.entries(probe.cases))) {
      const startMs = performance.now()
      const answer = await ask()
      timesMs.get(name)?.push(performance.now() - startMs)
      answers.add(JSON.stringify(answer))
    }
  }
  if (answers.size !== 1) throw new Error(`${probe.name}: the answers differ: ${[...answers].join(' ')}`)
  const [reference = []] = timesMs.values()
  return [...timesMs].flatMap(([name, times], index): Figure[] => {
    const what = `${probe.name}, ${name}`
    const percentiles = [0.5, 0.95, 0.99].map((ratio) => quantile(times, ratio).toFixed(2)).join(', ')
    const { pValue, probabilityOfSuperiority } = mannWhitney(times, reference)
    const figure: Figure = { what, value: median(times), unit: 'ms', note: `p50, p95, p99: ${percentiles}` }
    if (index === 0) return [figure]
    comparisons.push({ what, pValue, probabilityOfSuperiority })
    return [
      figure,
      {
        what: `${what}: slower than nothing at all`,
        value: probabilityOfSuperiority,
        unit: 'ratio',
        note: `of pairs; p = ${pValue.toFixed(3)}`,
      },
    ]
  })
}

async function useBcryptCost(): Promise<void> {
  if (BCRYPT_COST === 10) return
  await sql`alter table private.room_secrets drop constraint room_secrets_password_hash_check`
  await sql`
    update private.room_secrets
    set password_hash = extensions.crypt('open sesame', extensions.gen_salt('bf', ${BCRYPT_COST}::int))`
  await sql`
    update private.config set decoy_hash = extensions.crypt('nothing', extensions.gen_salt('bf', ${BCRYPT_COST}::int))`
}

const backend = await startTestBackend()
const sql = postgres(backend.databaseUrl, { max: 1, onnotice: () => {} })
try {
  await sql`update private.limits set max_count = 1000, window_length = interval '1 second'`
  const [owner, stranger] = await Promise.all([signUp(backend, 'Owner'), signUp(backend, 'Stranger')])
  const hidden = await createRoom(owner, {})
  await sql`delete from private.permits`
  const locked = await createRoom(owner, { password: 'open sesame' })
  const codes: Record<string, string> = {}
  for (const kind of ['good', 'revoked', 'expired']) {
    const { body } = await owner.call('POST', `/rooms/${hidden}/invites`, {})
    codes[kind] = textOf(body, 'code')
  }
  const hashOf = (kind: string) => sql`private.invite_hash(${codes[kind] ?? ''})`
  await sql`update public.room_invites set revoked_at = now() where code_hash = ${hashOf('revoked')}`
  await sql`
    update public.room_invites set created_at = now() - interval '2 days', expires_at = now() - interval '1 day'
    where code_hash = ${hashOf('expired')}`
  // Functions that have no route of the API.
  const callFunction = async (person: Person, name: string, parameters: object): Promise<unknown> => {
    const response = await fetch(`${backend.url}/rest/v1/rpc/${name}`, {
      method: 'POST',
      headers: {
        apikey: backend.publishableKey,
        authorization: `Bearer ${person.token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(parameters),
    })
    return { status: response.status, body: await response.text() }
  }
  const [again] = await sql<{ id: string }[]>`
    insert into public.recurring_rooms (owner_id, name, settings, rrule, starts_at, time_zone, duration_minutes)
    values (${owner.userId}, 'Again', '{"allow_chat": true, "allow_video": true, "allow_screenshare": true}',
      'FREQ=DAILY', '2026-11-01 18:00', 'UTC', 60)
    returning id`
  const recurring = again?.id ?? ''
  const channels = createChannelJoiner(backend, stranger.token)
  const banned = await createRoom(owner, { password: 'open sesame' })
  await sql`insert into public.room_bans (room_id, user_id) values (${banned}, ${stranger.userId})`
  const { body: invited } = await owner.call('POST', `/rooms/${banned}/invites`, {})
  const bannedCode = textOf(invited, 'code')

  await useBcryptCost()

  // Each sends as many bytes as the others.
  const join =
    (roomId: () => string, password = 'open guesses', code: () => string = newCode) =>
    (): Promise<unknown> =>
      stranger.call('POST', `/rooms/${roomId()}/join`, {
        connectionId: randomUUID(),
        password: password.slice(0, 11),
        inviteCode: code(),
      })
  const find = (code: () => string) => (): Promise<unknown> =>
    stranger.call('POST', '/invites/find', { code: code() })
  const both = (ask: (roomId: string) => Promise<unknown>): Probe['cases'] => ({
    'no such room': () => ask(randomUUID()),
    'a hidden room': () => ask(hidden),
  })
  const probes: readonly Probe[] = [
    {
      name: 'Joining',
      cases: {
        'no such room': join(randomUUID),
        'a hidden room': join(() => hidden),
        'a wrong password': join(() => locked),
        'a revoked invite': join(
          () => hidden,
          undefined,
          () => codes.revoked ?? '',
        ),
        'an expired invite': join(
          () => hidden,
          undefined,
          () => codes.expired ?? '',
        ),
        'an invite to another room': join(
          () => locked,
          undefined,
          () => codes.good ?? '',
        ),
        'banned, with password and invite': join(
          () => banned,
          'open sesame',
          () => bannedCode,
        ),
      },
    },
    { name: 'Participants', cases: both((id) => stranger.call('GET', `/rooms/${id}/participants`)) },
    { name: 'Invites', cases: both((id) => stranger.call('GET', `/rooms/${id}/invites`)) },
    { name: 'Closing', cases: both((id) => stranger.call('DELETE', `/rooms/${id}`)) },
    {
      name: 'Changing',
      cases: both((id) => stranger.call('PATCH', `/rooms/${id}/settings`, { name: 'Mine' })),
    },
    ...['mute', 'remove', 'ban'].map((act) => ({
      name: `Moderating: ${act}`,
      cases: both((id) => stranger.call('POST', `/rooms/${id}/participants/${owner.userId}/${act}`)),
    })),
    {
      name: 'Handing over',
      cases: both((id) => stranger.call('POST', `/rooms/${id}/transfer`, { userId: owner.userId })),
    },
    { name: 'Locking', cases: both((id) => stranger.call('PUT', `/rooms/${id}/lock`, { isLocked: true })) },
    { name: 'Bans', cases: both((id) => stranger.call('GET', `/rooms/${id}/bans`)) },
    { name: 'Members', cases: both((id) => stranger.call('GET', `/rooms/${id}/members`)) },
    {
      name: 'Leaving',
      cases: both((id) => stranger.call('POST', `/rooms/${id}/leave`, { connectionId: randomUUID() })),
    },
    {
      name: 'Media token',
      cases: both((id) => stranger.call('POST', `/rooms/${id}/media-token`, { connectionId: randomUUID() })),
    },
    { name: 'Realtime channel', cases: both((id) => channels.join(`room:${id}`)) },
    ...[
      'open_recurring_room',
      'list_recurring_members',
      'delete_recurring_room',
      'create_recurring_invite',
    ].map((name) => ({
      name,
      cases: {
        'no such recurring room': () => callFunction(stranger, name, { p_recurring_room_id: randomUUID() }),
        'somebody else’s': () => callFunction(stranger, name, { p_recurring_room_id: recurring }),
      },
    })),
    {
      name: 'Finding by code',
      cases: {
        'no such code': find(newCode),
        'a revoked one': find(() => codes.revoked ?? ''),
        'an expired one': find(() => codes.expired ?? ''),
        'one of a room that bans': find(() => bannedCode),
      },
    },
  ]
  const figures: Figure[] = []
  for (const probe of probes) {
    const measured = await measure(probe)
    process.stderr.write(
      `${probe.name}: ${measured.map(({ value, note }) => `${value} ${note}`).join('; ')}\n`,
    )
    figures.push(...measured)
  }
  printReport({
    name: 'Refusals of rooms that a person may not know of',
    method:
      `Over HTTP to the embedded backend, one after the other, in a new order each turn; ${RUNS} of each, bcrypt at cost ${BCRYPT_COST}. Beside each case, how ` +
      'often it is slower than the first of its group, pair by pair (0.5: not to be told apart), and the two-sided p of Mann ' +
      'and Whitney’s test. All answers of a group have the same bytes.',
    figures,
  })
  channels.close()
  const telling = findTellingTimings(comparisons)
  process.stderr.write(
    telling.length === 0
      ? `None of ${comparisons.length} comparisons tells anything (family error rate ${FAMILY_ERROR_RATE}, effect ${SMALLEST_EFFECT}).\n`
      : telling
          .map((one) => `TELLS APART: ${one.what}, ${one.probabilityOfSuperiority.toFixed(3)}\n`)
          .join(''),
  )
  if (telling.length > 0) process.exitCode = 1
} finally {
  await sql.end()
  await backend.stop()
}
