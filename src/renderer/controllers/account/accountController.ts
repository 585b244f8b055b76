import { createStore } from 'zustand/vanilla'
import type { Result } from '../../../shared/result.ts'
import type { Account, AuthFailure, AuthPort, AuthState } from '../../core/ports/auth.ts'
import type { ReadableStore } from '../contracts.ts'

/** How coming in went. */
export type Entry = Result<Account, AuthFailure>

/** Who is here. `needs` says what the backend asks for: a name, or an account with e-mail and password. */
export interface AccountController {
  readonly needs: 'name' | 'password'
  readonly store: ReadableStore<AuthState>
  readonly enterWithName: (displayName: string) => Promise<Entry>
  readonly signIn: (email: string, password: string) => Promise<Entry>
  readonly signUp: (email: string, password: string, displayName: string) => Promise<Entry>
  readonly signOut: () => Promise<void>
  readonly dispose: () => void
}

/** Builds the account over its port. `rememberName` keeps the name that was given last, to offer it again. */
export function createAccountController(deps: {
  readonly auth: AuthPort
  readonly needs: 'name' | 'password'
  readonly rememberName: (displayName: string) => void
}): AccountController {
  const { auth } = deps
  const store = createStore<AuthState>(() => auth.current())
  const end = auth.subscribe((state) => store.setState(state, true))
  const remember = (answer: Entry) => {
    if (answer.ok) deps.rememberName(answer.value.displayName)
    return answer
  }
  return {
    needs: deps.needs,
    store,
    enterWithName: async (displayName) => remember(await auth.signInWithName(displayName)),
    signIn: async (email, password) => remember(await auth.signIn(email, password)),
    signUp: async (email, password, displayName) => remember(await auth.signUp(email, password, displayName)),
    signOut: () => auth.signOut(),
    dispose: end,
  }
}
