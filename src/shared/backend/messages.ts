/** Why a backend could not start, or could not go on. Each comes with a sentence that says what to do. */
export type BackendFailureKind =
  | 'invalid-options'
  | 'port-in-use'
  | 'data-folder-not-writable'
  | 'data-folder-not-reachable'
  | 'disk-full'
  | 'secrets-corrupt'
  | 'database-newer'
  | 'migration-failed'
  | 'postgres-missing'
  | 'postgres-not-starting'
  | 'owner-not-answering'

/** An expected failure of the embedded backend; `message` is a sentence for a person. */
export type BackendFailure = {
  readonly kind: BackendFailureKind
  readonly message: string
}

/** `owner` runs the backend itself; `guest` uses the one that another app on this machine runs. */
export type BackendRole = 'owner' | 'guest'

/** What a client needs to reach the backend. SECURITY: never carries the secret key or the database's address. */
export type ClientConnection = {
  readonly url: string
  readonly publishableKey: string
  readonly livekitUrl: string | null
}

/** From the backend's process to the app that started it. `ready` comes again when a guest takes over. */
export type BackendMessage =
  | { readonly kind: 'starting'; readonly step: string }
  | {
      readonly kind: 'ready'
      readonly role: BackendRole
      readonly connection: ClientConnection
      readonly startUpMs: number
    }
  | { readonly kind: 'failed'; readonly failure: BackendFailure }

/** From the app to the backend's process. */
export type BackendCommand = { readonly kind: 'stop' }
