import { randomBytes, randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import { signUp, type Person } from '../../supabase/tests/support/person.ts'
import { createChannelJoiner } from './channelJoiner.ts'

/** Something that is asked in several ways, of which the first is about nothing at all. */
export interface Probe {
  readonly name: string
  readonly cases: Readonly<Record<string, () => Promise<unknown>>>
}

/** What can be asked of rooms, and of what belongs to them, by somebody who may not know of them. */
export interface HiddenRoomProbes {
  readonly probes: readonly Probe[]
  readonly close: () => void
}

interface Backend {
  readonly url: string
  readonly publishableKey: string
}

/** @param bcryptCost binary logarithm of the rounds of every password's hash */
export async function createHiddenRoomProbes(
  backend: Backend,
  sql: Sql,
  bcryptCost: number,
): Promise<HiddenRoomProbes> {
  await sql`update private.limits set max_count = 1000, window_length = interval '1 second'`
  // What is closed meanwhile would be hidden no more, but gone.
  await sql`update private.config set empty_room_expiry = '1 day'`
  const [owner, stranger] = await Promise.all([signUp(backend, 'Owner'), signUp(backend, 'Stranger')])
  const hidden = await createHiddenRooms(sql, owner, stranger)
  await useBcryptCost(sql, bcryptCost)
  const channels = createChannelJoiner(backend, stranger.token)
  const callFunction = (name: string, parameters: object): Promise<unknown> =>
    callDatabase(backend, stranger, name, parameters)
  return {
    probes: [
      joining(stranger, hidden),
      ...routes(stranger, owner, hidden.room),
      { name: 'Realtime channel', cases: both(hidden.room, (id) => channels.join(`room:${id}`)) },
      ...functions(callFunction, owner, hidden),
      findingByCode(stranger, hidden),
    ],
    close: () => channels.close(),
  }
}

interface HiddenRooms {
  readonly room: string
  /** Has a password: `open sesame`. */
  readonly locked: string
  /** Has the same password, an invite, and a ban of the stranger. */
  readonly banned: string
  /** Invites to `room`, but for that of `banned`. */
  readonly codes: Readonly<Record<'good' | 'revoked' | 'expired' | 'banned', string>>
  readonly recurring: string
  readonly recording: string
  readonly message: string
}

async function createHiddenRooms(sql: Sql, owner: Person, stranger: Person): Promise<HiddenRooms> {
  const createRoom = async (room: object): Promise<string> => {
    await sql`delete from private.permits`
    const { body } = await owner.call('POST', '/rooms/create', {
      name: 'Hidden',
      privacy: 'private',
      ...room,
    })
    return textOf(body, 'roomId')
  }
  const createCode = async (roomId: string): Promise<string> => {
    const { body } = await owner.call('POST', `/rooms/${roomId}/invites`, {})
    return textOf(body, 'code')
  }
  const room = await createRoom({})
  const locked = await createRoom({ password: 'open sesame' })
  const banned = await createRoom({ password: 'open sesame' })
  await sql`insert into public.room_bans (room_id, user_id) values (${banned}, ${stranger.userId})`
  const codes = {
    good: await createCode(room),
    revoked: await createCode(room),
    expired: await createCode(room),
    banned: await createCode(banned),
  }
  await sql`
    update public.room_invites set revoked_at = now() where code_hash = private.invite_hash(${codes.revoked})`
  await sql`
    update public.room_invites set created_at = now() - interval '2 days', expires_at = now() - interval '1 day'
    where code_hash = private.invite_hash(${codes.expired})`
  const [ids] = await sql<{ recurring: string; recording: string; message: string }[]>`
    with recurring as (
      insert into public.recurring_rooms (owner_id, name, settings, rrule, starts_at, time_zone, duration_minutes)
      values (${owner.userId}, 'Again', '{"allow_chat": true, "allow_video": true, "allow_screenshare": true}',
        'FREQ=DAILY', '2026-11-01 18:00', 'UTC', 60)
      returning id
    ), recording as (
      insert into public.recordings (room_id, requester_id) values (${room}, ${owner.userId}) returning id
    ), message as (
      insert into public.messages (room_id, author_id, client_message_id, body)
      values (${room}, ${owner.userId}, gen_random_uuid(), 'Hidden')
      returning id
    )
    select recurring.id as recurring, recording.id as recording, message.id as message
    from recurring, recording, message`
  if (ids === undefined) throw new Error('There is nothing to ask for.')
  return { room, locked, banned, codes, ...ids }
}

async function useBcryptCost(sql: Sql, cost: number): Promise<void> {
  if (cost === 10) return
  await sql`alter table private.room_secrets drop constraint room_secrets_password_hash_check`
  await sql`
    update private.room_secrets
    set password_hash = extensions.crypt('open sesame', extensions.gen_salt('bf', ${cost}::int))`
  await sql`
    update private.config set decoy_hash = extensions.crypt('nothing', extensions.gen_salt('bf', ${cost}::int))`
}

/** Past the API: functions that have no route, and those that have one, by a shorter way. */
async function callDatabase(
  backend: Backend,
  person: Person,
  name: string,
  parameters: object,
): Promise<unknown> {
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

/** Both ids are asked for again and again: what is asked for the first time may take longer, whether there is such a thing or not. */
function both(hiddenId: string, ask: (id: string) => Promise<unknown>): Probe['cases'] {
  const unknownId = randomUUID()
  return { 'no such': () => ask(unknownId), hidden: () => ask(hiddenId) }
}

const newCode = (): string => randomBytes(16).toString('base64url')

/** Each sends as many bytes as the others. */
function joining(stranger: Person, { room, locked, banned, codes }: HiddenRooms): Probe {
  const unknownCode = newCode()
  const join =
    (roomId: string, inviteCode = unknownCode, password = 'open guesse') =>
    (): Promise<unknown> =>
      stranger.call('POST', `/rooms/${roomId}/join`, { connectionId: randomUUID(), password, inviteCode })
  return {
    name: 'Joining',
    cases: {
      'no such room': join(randomUUID()),
      'a hidden room': join(room),
      'a wrong password': join(locked),
      'a revoked invite': join(room, codes.revoked),
      'an expired invite': join(room, codes.expired),
      'an invite to another room': join(locked, codes.good),
      'banned, with the password and an invite': join(banned, codes.banned, 'open sesame'),
    },
  }
}

/** Every route of the API that names a room, but for joining it. */
function routes(stranger: Person, owner: Person, hidden: string): readonly Probe[] {
  const ask = (name: string, method: string, path: string, body?: object): Probe => ({
    name,
    cases: both(hidden, (id) => stranger.call(method, `/rooms/${id}${path}`, body)),
  })
  const person = `/participants/${owner.userId}`
  const connection = { connectionId: randomUUID() }
  const media = { isMuted: true, isVideoOff: true, isScreensharing: false }
  return [
    ask('Participants', 'GET', '/participants'),
    ask('Leaving', 'POST', '/leave', connection),
    ask('Media state', 'PATCH', '/media', media),
    ask('Raising a hand', 'PUT', '/hand', { isRaised: true }),
    ask('Media token', 'POST', '/media-token', connection),
    ask('Invites', 'GET', '/invites'),
    ask('Inviting', 'POST', '/invites', {}),
    ask('Revoking an invite', 'DELETE', `/invites/${newCode()}`),
    ask('Revoking all invites', 'DELETE', '/invites'),
    ask('Changing', 'PATCH', '/settings', { name: 'Mine' }),
    ask('Closing', 'DELETE', ''),
    ask('Muting', 'POST', `${person}/mute`),
    ask('Lowering a hand', 'POST', `${person}/lower-hand`),
    ask('Removing', 'POST', `${person}/remove`),
    ask('Banning', 'POST', `${person}/ban`),
    ask('Unbanning', 'DELETE', `${person}/ban`),
    ask('Bans', 'GET', '/bans'),
    ask('Members', 'GET', '/members'),
    ask('Removing a member', 'DELETE', `/members/${owner.userId}`),
    ask('Handing over', 'POST', '/transfer', { userId: owner.userId }),
    ask('Locking', 'PUT', '/lock', { isLocked: true }),
    ask('Waiting for admission', 'POST', '/admission'),
    ask('Waiting no more', 'DELETE', '/admission'),
    ask('Who waits', 'GET', '/admissions'),
    ask('Admitting', 'PUT', `/admissions/${owner.userId}`, { isAdmitted: true }),
  ]
}

/** Functions that have no route: by the id of a room, of a recurring room, of a recording, of a message. */
function functions(
  call: (name: string, parameters: object) => Promise<unknown>,
  owner: Person,
  { room, recurring, recording, message }: HiddenRooms,
): readonly Probe[] {
  const ask = (name: string, parameter: string, hiddenId: string, others: object = {}): Probe => ({
    name,
    cases: both(hiddenId, (id) => call(name, { [parameter]: id, ...others })),
  })
  const connection = { p_connection_id: randomUUID() }
  const ofRooms: Readonly<Record<string, object>> = {
    heartbeat: connection,
    get_timer: {},
    start_timer: {},
    stop_timer: {},
    list_messages: {},
    send_message: { p_body: 'Hello', p_client_message_id: randomUUID() },
    get_recording: {},
    request_recording: {},
    report_person: { p_user_id: owner.userId, p_reason: 'spam' },
    report_mesh_failure: {},
    record_quality_sample: { ...connection, p_sample: { windowMs: 60_000, topology: 'mesh' } },
  }
  return [
    ...Object.entries(ofRooms).map(([name, others]) => ask(name, 'p_room_id', room, others)),
    ...[
      'open_recurring_room',
      'list_recurring_members',
      'delete_recurring_room',
      'create_recurring_invite',
    ].map((name) => ask(name, 'p_recurring_room_id', recurring)),
    ask('answer_recording', 'p_recording_id', recording, { p_is_given: true }),
    ...['may_record', 'stop_recording', 'withdraw_consent'].map((name) =>
      ask(name, 'p_recording_id', recording),
    ),
    ask('delete_message', 'p_message_id', message),
  ]
}

function findingByCode(stranger: Person, { codes }: HiddenRooms): Probe {
  const find = (code: string) => (): Promise<unknown> => stranger.call('POST', '/invites/find', { code })
  return {
    name: 'Finding by code',
    cases: {
      'no such': find(newCode()),
      revoked: find(codes.revoked),
      expired: find(codes.expired),
      'of a room that bans': find(codes.banned),
    },
  }
}

function textOf(body: unknown, key: string): string {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, key) : undefined
  if (typeof value !== 'string') throw new Error(`There is no ${key} in the answer.`)
  return value
}
