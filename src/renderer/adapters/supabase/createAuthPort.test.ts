import type { SupabaseClient } from '@supabase/supabase-js'
import { describe, expect, test, vi } from 'vitest'
import { createAuthPort, toAuthFailure } from './createAuthPort.ts'

interface FakeUser {
  readonly id: string
  readonly email: string
  password: string
  user_metadata: { display_name: string }
}

type AuthListener = (event: string, session: unknown) => void

const denied = { name: 'AuthApiError', code: 'invalid_credentials', status: 400, message: 'no' }
const away = { name: 'AuthRetryableFetchError', status: 0, message: 'fetch failed' }

/** An Auth server with its client: knows people by e-mail and password. */
function fakeSupabase(options: { readonly isAway?: boolean } = {}) {
  const people: FakeUser[] = []
  const listeners = new Set<AuthListener>()
  let session: { user: FakeUser } | null = null
  const refuse = () => ({ data: { user: null, session: null }, error: options.isAway ? away : denied })
  const enter = (user: FakeUser) => {
    session = { user }
    return { data: { user, session }, error: null }
  }
  const auth = {
    getSession: () => Promise.resolve({ data: { session } }),
    getUser: () => {
      const known = people.find((user) => user.id === session?.user.id)
      return Promise.resolve(
        known
          ? { data: { user: known }, error: null }
          : { data: { user: null }, error: { ...denied, status: 403 } },
      )
    },
    signInWithPassword: ({ email, password }: { email: string; password: string }) => {
      const known = people.find((user) => user.email === email && user.password === password)
      return Promise.resolve(known && !options.isAway ? enter(known) : refuse())
    },
    signUp: (input: { email: string; password: string; options: { data: { display_name: string } } }) => {
      if (options.isAway) return Promise.resolve(refuse())
      const user = {
        id: `user-${people.length + 1}`,
        email: input.email,
        password: input.password,
        user_metadata: input.options.data,
      }
      people.push(user)
      return Promise.resolve(enter(user))
    },
    stopAutoRefresh: () => Promise.resolve(),
    updateUser: ({ data }: { data: { display_name: string } }) => {
      if (session) session.user.user_metadata = data
      return Promise.resolve({ data: {}, error: null })
    },
    signOut: () => {
      session = null
      for (const listener of listeners) listener('SIGNED_OUT', null)
      return Promise.resolve({ error: null })
    },
    onAuthStateChange: (listener: AuthListener) => {
      listeners.add(listener)
      return { data: { subscription: { unsubscribe: () => listeners.delete(listener) } } }
    },
  }
  const from = () => ({ update: () => ({ eq: () => Promise.resolve({ error: null }) }) })
  return {
    // Only what is listed above is ever reached.
    client: { auth, from } as unknown as SupabaseClient,
    people,
    /** The refresh token is dead: supabase-js gives the session up. */
    loseSession: auth.signOut,
    wipe: () => people.splice(0),
  }
}

function memoryStorage() {
  const entries = new Map<string, string>()
  return {
    entries,
    load: (key: string) => Promise.resolve(entries.get(key) ?? null),
    save: (key: string, value: string) => Promise.resolve(void entries.set(key, value)),
    clear: (key: string) => Promise.resolve(void entries.delete(key)),
  }
}

function openAuth(supabase = fakeSupabase(), storage = memoryStorage()) {
  const auth = createAuthPort({ client: supabase.client, storage, identityKey: 'identity' })
  return { auth, supabase, storage }
}

const becomes = (auth: ReturnType<typeof createAuthPort>, kind: string) =>
  vi.waitFor(() => expect(auth.current().kind).toBe(kind))

describe('a name is enough', () => {
  test('the first time makes an account that can reach nobody, and keeps its key', async () => {
    const { auth, supabase, storage } = openAuth()
    await becomes(auth, 'signedOut')
    const answer = await auth.signInWithName('Ada')
    expect(answer).toEqual({ ok: true, value: { userId: 'user-1', displayName: 'Ada' } })
    expect(auth.current()).toMatchObject({ kind: 'signedIn' })
    expect(supabase.people[0]?.email).toMatch(/@people\.studyhall\.invalid$/)
    expect(supabase.people[0]?.password).toMatch(/^[0-9a-f]{64}$/)
    expect(storage.entries.get('identity')).toContain(supabase.people[0]?.password)
  })

  test('after signing out, the same person comes back, under another name if they like', async () => {
    const { auth, supabase } = openAuth()
    await auth.signInWithName('Ada')
    await auth.signOut()
    expect(auth.current().kind).toBe('signedOut')
    expect(await auth.signInWithName('Ada L')).toEqual({
      ok: true,
      value: { userId: 'user-1', displayName: 'Ada L' },
    })
    expect(supabase.people).toHaveLength(1)
  })

  test('a dead refresh token is mended without a word', async () => {
    const { auth, supabase } = openAuth()
    await auth.signInWithName('Ada')
    const seen: string[] = []
    auth.subscribe((state) => seen.push(state.kind))
    await supabase.loseSession()
    await vi.waitFor(() => expect(seen).toEqual(['signedIn']))
  })

  test('a lost session is restored by the kept key at the next start', async () => {
    const { supabase, storage, auth } = openAuth()
    await auth.signInWithName('Ada')
    auth.dispose()
    await supabase.loseSession()
    const again = openAuth(supabase, storage)
    await becomes(again.auth, 'signedIn')
    expect(supabase.people).toHaveLength(1)
  })

  test('a backend that knows nobody any more asks for a name again, and then makes a new account', async () => {
    const { supabase, storage, auth } = openAuth()
    await auth.signInWithName('Ada')
    auth.dispose()
    supabase.wipe()
    const again = openAuth(supabase, storage)
    await becomes(again.auth, 'signedOut')
    expect(await again.auth.signInWithName('Ada')).toMatchObject({ ok: true })
  })

  test('a backend that is away is no reason for a new account', async () => {
    const { storage, auth } = openAuth()
    await auth.signInWithName('Ada')
    const key = storage.entries.get('identity')
    const offline = openAuth(fakeSupabase({ isAway: true }), storage)
    expect(await offline.auth.signInWithName('Ada')).toMatchObject({
      ok: false,
      error: { kind: 'unreachable' },
    })
    expect(storage.entries.get('identity')).toBe(key)
  })
})

test.each([
  [{ code: 'invalid_credentials', status: 400 }, 'wrongCredentials'],
  [{ code: 'user_already_exists', status: 422 }, 'emailTaken'],
  [{ code: 'email_not_confirmed', status: 400 }, 'emailUnconfirmed'],
  [{ code: 'weak_password', status: 422 }, 'weakPassword'],
  [{ code: 'validation_failed', status: 400 }, 'invalidInput'],
  [{ code: undefined, status: 400 }, 'wrongCredentials'],
  [{ code: undefined, status: 500 }, 'unknown'],
  [{ code: undefined, status: 0 }, 'unreachable'],
] as const)('%o is %s', (error, kind) => {
  expect(toAuthFailure({ name: 'AuthApiError', message: '', ...error }).kind).toBe(kind)
})
