import type { Result } from '../../../shared/result.ts'

/** Somebody signed in. */
export interface Account {
  readonly userId: string
  readonly displayName: string
}

/** `restoring`: a kept session is being read; nothing is known yet. */
export type AuthState =
  | { readonly kind: 'restoring' }
  | { readonly kind: 'signedOut' }
  | { readonly kind: 'signedIn'; readonly account: Account }

/** Why a sign-in did not happen; `message` is for a person. */
export interface AuthFailure {
  readonly kind:
    | 'wrongCredentials'
    | 'emailTaken'
    | 'emailUnconfirmed'
    | 'weakPassword'
    | 'invalidInput'
    | 'unreachable'
    | 'unknown'
  readonly message: string
}

/** Accounts. On the embedded backend a name is enough; on a hosted Supabase it is e-mail and password. */
export interface AuthPort {
  current(): AuthState
  subscribe(listener: (state: AuthState) => void): () => void
  signInWithName(displayName: string): Promise<Result<Account, AuthFailure>>
  signIn(email: string, password: string): Promise<Result<Account, AuthFailure>>
  signUp(email: string, password: string, displayName: string): Promise<Result<Account, AuthFailure>>
  signOut(): Promise<void>
}
