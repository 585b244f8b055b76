import type { AuthError, SupabaseClient, User } from '@supabase/supabase-js'
import { z } from 'zod'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Account, AuthFailure, AuthPort, AuthState } from '../../core/ports/auth.ts'
import type { SessionStorage } from '../../core/ports/desktop.ts'

/** What signs this profile's person in on the embedded backend: made here, never shown, kept encrypted. */
const identitySchema = z.object({ email: z.string(), password: z.string() })
type Identity = z.infer<typeof identitySchema>

/** `.invalid` is reserved (RFC 2606): such an address can never reach anybody. */
const PERSON_DOMAIN = 'people.studyhall.invalid'

export interface AuthPortOptions {
  readonly client: SupabaseClient
  readonly storage: SessionStorage
  /** Where the generated identity is kept; null on a hosted Supabase, where people have their own. */
  readonly identityKey: string | null
}

/** Accounts by Supabase Auth. `dispose` ends what listens and what refreshes. */
export function createAuthPort(options: AuthPortOptions): AuthPort & { dispose(): void } {
  const { client } = options
  const listeners = new Set<(state: AuthState) => void>()
  let state: AuthState = { kind: 'restoring' }
  let isLeaving = false
  let isEntering = false

  const set = (next: AuthState) => {
    state = next
    for (const listener of listeners) listener(next)
  }
  const enter = (account: Account): Result<Account, AuthFailure> => {
    set({ kind: 'signedIn', account })
    return ok(account)
  }

  const restore = async () => {
    const { data } = await client.auth.getSession()
    if (data.session) {
      set({ kind: 'signedIn', account: toAccount(data.session.user) })
      await confirm()
      return
    }
    await comeBackOrLeave()
  }

  /** The kept session is shown at once and asked about behind: the backend may have been started anew since. */
  const confirm = async () => {
    const { data, error } = await client.auth.getUser()
    if (data.user) {
      const account = toAccount(data.user)
      if (state.kind === 'signedIn' && state.account.displayName !== account.displayName) enter(account)
      return
    }
    if (error && isGone(error) && !(await comeBack())) {
      await client.auth.signOut({ scope: 'local' })
      set({ kind: 'signedOut' })
    }
  }

  /** Signs the same person in again by the kept identity, when there is one. */
  const comeBack = async (): Promise<boolean> => {
    const identity = await loadIdentity(options)
    if (identity === null) return false
    const { data } = await client.auth.signInWithPassword(identity)
    if (!data.user) return false
    enter(toAccount(data.user))
    return true
  }

  const comeBackOrLeave = async () => {
    if (!(await comeBack())) set({ kind: 'signedOut' })
  }

  const { data: watching } = client.auth.onAuthStateChange((event) => {
    if (event !== 'SIGNED_OUT' || isLeaving || isEntering || state.kind !== 'signedIn') return
    // The refresh token is dead. Not awaited inside the callback, where supabase-js still holds its lock.
    setTimeout(() => void comeBackOrLeave(), 0)
  })

  const entering = async (work: () => Promise<Result<Account, AuthFailure>>) => {
    isEntering = true
    try {
      return await work()
    } finally {
      isEntering = false
    }
  }

  void restore()
  return {
    current: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    signInWithName: (displayName) =>
      entering(async () => {
        const answer = await enterWithIdentity(options, displayName)
        return answer.ok ? enter(answer.value) : answer
      }),
    signIn: (email, password) =>
      entering(async () => {
        const { data, error } = await client.auth.signInWithPassword({ email, password })
        return data.user ? enter(toAccount(data.user)) : err(toAuthFailure(error))
      }),
    signUp: (email, password, displayName) =>
      entering(async () => {
        const { data, error } = await client.auth.signUp({
          email,
          password,
          options: { data: { display_name: displayName } },
        })
        if (error) return err(toAuthFailure(error))
        if (data.session && data.user) return enter(toAccount(data.user))
        // No session: the project asks for the address to be confirmed first. (It answers the same for a taken one.)
        return err({ kind: 'emailUnconfirmed', message: 'The address has to be confirmed first.' })
      }),
    async signOut() {
      isLeaving = true
      await client.auth.signOut({ scope: 'local' })
      isLeaving = false
      set({ kind: 'signedOut' })
    },
    dispose() {
      watching.subscription.unsubscribe()
      listeners.clear()
      void client.auth.stopAutoRefresh()
    },
  }
}

/** The same person as before under this name, or a new one where there was none. */
async function enterWithIdentity(
  options: AuthPortOptions,
  displayName: string,
): Promise<Result<Account, AuthFailure>> {
  const { client, storage, identityKey } = options
  const known = await loadIdentity(options)
  if (known !== null) {
    const { data, error } = await client.auth.signInWithPassword(known)
    if (data.user) return rename(client, data.user, displayName)
    // Only a backend that does not know this person any more makes a new one; one that is away does not.
    if (error && toAuthFailure(error).kind !== 'wrongCredentials') return err(toAuthFailure(error))
  }
  const identity = createIdentity()
  if (identityKey !== null) await storage.save(identityKey, JSON.stringify(identity))
  const { data, error } = await client.auth.signUp({
    ...identity,
    options: { data: { display_name: displayName } },
  })
  if (!data.user || !data.session) return err(toAuthFailure(error))
  return ok({ userId: data.user.id, displayName })
}

/** The name lives in the profile, where others see it, and in the user's own metadata, which every session carries. */
async function rename(
  client: SupabaseClient,
  user: User,
  displayName: string,
): Promise<Result<Account, AuthFailure>> {
  if (toAccount(user).displayName === displayName) return ok(toAccount(user))
  const profile = await client.from('profiles').update({ display_name: displayName }).eq('id', user.id)
  if (profile.error) return err({ kind: 'unknown', message: 'The name could not be changed.' })
  const { error } = await client.auth.updateUser({ data: { display_name: displayName } })
  return error ? err(toAuthFailure(error)) : ok({ userId: user.id, displayName })
}

async function loadIdentity(options: AuthPortOptions): Promise<Identity | null> {
  if (options.identityKey === null) return null
  const kept = await options.storage.load(options.identityKey)
  if (kept === null) return null
  try {
    return identitySchema.parse(JSON.parse(kept))
  } catch {
    return null
  }
}

function createIdentity(): Identity {
  // SECURITY: 256 bits from the system's generator; bcrypt reads 72 bytes, this has 64.
  const password = [...crypto.getRandomValues(new Uint8Array(32))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
  return { email: `${crypto.randomUUID()}@${PERSON_DOMAIN}`, password }
}

function toAccount(user: User): Account {
  const name: unknown = user.user_metadata['display_name']
  return { userId: user.id, displayName: typeof name === 'string' && name !== '' ? name : 'Student' }
}

/** The backend knows this session's person no longer, or refuses the token: asking again would not help. */
function isGone(error: AuthError): boolean {
  return error.status === 401 || error.status === 403 || error.status === 404
}

const kindByCode: Readonly<Record<string, AuthFailure['kind']>> = {
  invalid_credentials: 'wrongCredentials',
  user_not_found: 'wrongCredentials',
  user_already_exists: 'emailTaken',
  email_exists: 'emailTaken',
  email_not_confirmed: 'emailUnconfirmed',
  weak_password: 'weakPassword',
  validation_failed: 'invalidInput',
  email_address_invalid: 'invalidInput',
}

/** An error of Supabase Auth as the app knows it, by its code; by its status where there is none. Exported for its tests. */
export function toAuthFailure(
  error: Pick<AuthError, 'message' | 'code' | 'status' | 'name'> | null,
): AuthFailure {
  const known = error?.code === undefined ? undefined : kindByCode[error.code]
  return { kind: known ?? kindByStatus(error), message: error?.message ?? 'No answer came.' }
}

function kindByStatus(
  error: { readonly status?: number | undefined; readonly name: string } | null,
): AuthFailure['kind'] {
  if (error === null || error.name === 'AuthRetryableFetchError' || !error.status) return 'unreachable'
  if (error.status === 400 || error.status === 401) return 'wrongCredentials'
  return error.status === 422 ? 'invalidInput' : 'unknown'
}
