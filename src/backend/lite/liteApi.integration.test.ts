import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { decodeJwt } from 'jose'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestBackend, type TestBackend } from '../../../test/support/backend.ts'
import type { Log } from '../log/log.ts'

const probeObjects = join(import.meta.dirname, '..', 'testing', '29991231000000_create_probe_objects.sql')
const lines: string[] = []
const remember = (line: string): void => void lines.push(line)
const log: Log = { info: remember, warn: remember, error: remember }

let backend: TestBackend

function client(key = backend.publishableKey): SupabaseClient {
  return createClient(backend.url, key, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  })
}

async function signUp(name: string): Promise<{ client: SupabaseClient; id: string; email: string }> {
  const supabase = client()
  const email = `${name.toLowerCase()}-${crypto.randomUUID()}@example.test`
  const { data, error } = await supabase.auth.signUp({
    email,
    password: 'a long password',
    options: { data: { display_name: name } },
  })
  expect(error).toBeNull()
  return { client: supabase, id: data.user?.id ?? '', email }
}

beforeAll(async () => {
  backend = await startTestBackend({ extraMigrations: [probeObjects], accessTokenLifetimeS: 120, log })
})

afterAll(async () => {
  await backend.stop()
})

describe('accounts', () => {
  test('signing up opens a session at once, without a confirmation by mail', async () => {
    const { client: ada, id, email } = await signUp('Ada')
    const { data } = await ada.auth.getSession()
    expect(data.session?.user.id).toBe(id)
    expect(decodeJwt(data.session?.access_token ?? '')).toMatchObject({
      sub: id,
      role: 'authenticated',
      aud: 'authenticated',
      email,
    })
  })

  test('metadata given at sign-up can be read back and changed', async () => {
    const { client: ada } = await signUp('Ada')
    expect((await ada.auth.getUser()).data.user?.user_metadata).toMatchObject({ display_name: 'Ada' })
    const changed = await ada.auth.updateUser({ data: { display_name: 'Ada L.' } })
    expect(changed.error).toBeNull()
    expect((await ada.auth.getUser()).data.user?.user_metadata).toMatchObject({ display_name: 'Ada L.' })
  })

  test('signing in needs the right password', async () => {
    const { email } = await signUp('Ada')
    const right = await client().auth.signInWithPassword({ email, password: 'a long password' })
    expect(right.error).toBeNull()
    const wrong = await client().auth.signInWithPassword({ email, password: 'a wrong password' })
    expect(wrong.error).toMatchObject({ status: 400, code: 'invalid_credentials' })
    const nobody = await client().auth.signInWithPassword({
      email: 'no@example.test',
      password: 'a password',
    })
    expect(nobody.error).toMatchObject({ status: 400, code: 'invalid_credentials' })
  })

  test('the same address cannot sign up twice', async () => {
    const { email } = await signUp('Ada')
    const again = await client().auth.signUp({ email, password: 'another password' })
    expect(again.error).toMatchObject({ status: 422, code: 'user_already_exists' })
  })

  test('a short password is refused', async () => {
    const short = await client().auth.signUp({ email: 'short@example.test', password: 'short' })
    expect(short.error).toMatchObject({ status: 422, code: 'weak_password' })
  })

  test('a refresh token gives a new session', async () => {
    const { client: ada, id } = await signUp('Ada')
    const before = (await ada.auth.getSession()).data.session
    const { data, error } = await ada.auth.refreshSession()
    expect(error).toBeNull()
    expect(data.session?.user.id).toBe(id)
    expect(data.session?.refresh_token).not.toBe(before?.refresh_token)
    const made = await client().auth.refreshSession({ refresh_token: 'made up' })
    expect(made.error).not.toBeNull()
  })

  test('access tokens live as long as configured', async () => {
    const { client: ada } = await signUp('Ada')
    const session = (await ada.auth.getSession()).data.session
    const { iat, exp } = decodeJwt(session?.access_token ?? '')
    expect((exp ?? 0) - (iat ?? 0)).toBe(120)
    expect(session?.expires_in).toBe(120)
  })

  test('after signing out the refresh token is worth nothing', async () => {
    const { client: ada } = await signUp('Ada')
    const session = (await ada.auth.getSession()).data.session
    await ada.auth.signOut()
    const again = await client().auth.refreshSession({ refresh_token: session?.refresh_token ?? '' })
    expect(again.error).not.toBeNull()
  })
})

describe('data', () => {
  test('people see their own rows and nobody else’s', async () => {
    const ada = await signUp('Ada')
    const ben = await signUp('Ben')
    const inserted = await ada.client
      .from('probe_notes')
      .insert({ body: 'hers', size: 3 })
      .select('body, owner_id')
    expect(inserted.data).toEqual([{ body: 'hers', owner_id: ada.id }])
    expect((await ben.client.from('probe_notes').select()).data).toEqual([])
    const forged = await ben.client.from('probe_notes').insert({ body: 'forged', owner_id: ada.id })
    expect(forged).toMatchObject({ status: 403, error: { code: '42501' } })
  })

  test('filters, order, range and count work', async () => {
    const ada = await signUp('Ada')
    await ada.client.from('probe_notes').insert([1, 2, 3, 4].map((size) => ({ body: `note ${size}`, size })))
    const { data, count } = await ada.client
      .from('probe_notes')
      .select('size', { count: 'exact' })
      .gte('size', 2)
      .order('size', { ascending: false })
      .range(0, 1)
    expect(data).toEqual([{ size: 4 }, { size: 3 }])
    expect(count).toBe(3)
    const one = await ada.client.from('probe_notes').select('body').eq('size', 2).single()
    expect(one.data).toEqual({ body: 'note 2' })
  })

  test('grants of the migrations are all the grants there are', async () => {
    const ada = await signUp('Ada')
    // Any request could make the library grant everything to everybody; it must not.
    await ada.client.from('probe_notes').select()
    expect(await ada.client.from('probe_hidden').select()).toMatchObject({
      status: 403,
      error: { code: '42501' },
    })
    expect(await client().from('probe_notes').select()).toMatchObject({
      status: 401,
      error: { code: '42501' },
    })
    const deleted = await ada.client.from('probe_notes').delete().eq('id', 1)
    expect(deleted).toMatchObject({ status: 403, error: { code: '42501' } })
    const ungranted = await ada.client.rpc('probe_ungranted')
    expect(ungranted).toMatchObject({ status: 403, error: { code: '42501' } })
  })

  test('the secret key acts as the service role', async () => {
    const ada = await signUp('Ada')
    await ada.client.from('probe_notes').insert({ body: 'for the service' })
    const service = client(backend.secretKey)
    const all = await service.from('probe_notes').select('body').eq('owner_id', ada.id)
    expect(all.data).toEqual([{ body: 'for the service' }])
    expect((await service.rpc('probe_who_am_i')).data).toMatchObject({ role: 'service_role', uid: null })
    expect((await service.rpc('probe_hash', { password: 'x' })).data).toMatch(/^\$2a\$04\$/)
  })

  test('functions run as whoever calls them', async () => {
    const ada = await signUp('Ada')
    expect((await ada.client.rpc('probe_who_am_i')).data).toEqual({
      uid: ada.id,
      role: 'authenticated',
      current_role: 'authenticated',
      email: ada.email,
    })
    expect((await client().rpc('probe_who_am_i')).data).toMatchObject({
      uid: null,
      role: 'anon',
      current_role: 'anon',
    })
  })

  test('an expected refusal keeps its status and its code', async () => {
    const ada = await signUp('Ada')
    const refused = await ada.client.rpc('probe_refuse', { code: 'room_unavailable' })
    expect(refused).toMatchObject({ status: 404, error: { code: 'PT404', message: 'room_unavailable' } })
  })

  test('requests without a key, with a wrong one or with a foreign token are refused', async () => {
    const ask = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${backend.url}/rest/v1/rpc/probe_who_am_i`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: '{}',
      })
    expect((await ask({})).status).toBe(401)
    expect((await ask({ apikey: 'sb_publishable_wrong' })).status).toBe(401)
    const unsigned = `${btoa('{"alg":"none"}')}.${btoa('{"role":"service_role"}')}.`
    const forged = await ask({ apikey: backend.publishableKey, authorization: `Bearer ${unsigned}` })
    expect(await forged.json()).toMatchObject({ role: 'anon' })
    const foreign = `${btoa('{"alg":"HS256"}')}.${btoa('{"role":"service_role"}')}.c2lnbmF0dXJl`
    expect((await ask({ apikey: backend.publishableKey, authorization: `Bearer ${foreign}` })).status).toBe(
      401,
    )
  })

  test('private schemas cannot be reached', async () => {
    const asked = await fetch(`${backend.url}/rest/v1/users?select=*`, {
      headers: { apikey: backend.secretKey, 'accept-profile': 'auth' },
    })
    expect(asked.status).toBe(406)
  })

  test('a table made while it runs is found', async () => {
    const sql = postgres(backend.databaseUrl, { max: 1, onnotice: () => {} })
    try {
      await sql.unsafe(`
        create table public.probe_late (id int primary key);
        alter table public.probe_late enable row level security;
        grant select on public.probe_late to service_role`)
    } finally {
      await sql.end()
    }
    const service = client(backend.secretKey)
    await expect.poll(async () => (await service.from('probe_late').select()).status).toBe(200)
  })

  test('the log names errors by their code and holds no data', async () => {
    const ada = await signUp('Ada')
    await ada.client.from('probe_notes').insert({ body: null, size: 'confidential' })
    await client(backend.secretKey)
      .from('probe_notes')
      .insert({ body: 'confidential', owner_id: crypto.randomUUID() })
    expect(lines.filter((line) => line.startsWith('api: PostgresError'))).not.toEqual([])
    expect(lines.join('\n')).not.toMatch(/confidential|password|sb_secret|@example/)
  })
})
