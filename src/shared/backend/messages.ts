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

/** What hosting for people nearby begins with. */
export type HostingRequest = {
  /** What guests are told of who hosts. */
  readonly hostName: string
  /** Lets guests in; new each time that hosting begins. */
  readonly key: string
  /** The port to listen on. `isFirm`: this one or none, because a firewall knows it; otherwise any, if it is taken. */
  readonly port: number
  readonly isFirm: boolean
}

/** Where guests find the host, and how many there are. */
export type HostingReport =
  | { readonly kind: 'off'; readonly problem: 'not_owner' | 'no_network' | 'port_in_use' | 'failed' | null }
  | {
      readonly kind: 'on'
      /** IPv4, the likeliest first; none while the computer is on no network, which it may be again. */
      readonly addresses: readonly string[]
      readonly port: number
      /** SHA-256 of the certificate as base64url. */
      readonly fingerprint: string
      readonly guests: number
      /** Rooms with somebody in them and the people in them; null before they were first counted. */
      readonly rooms: number | null
      readonly people: number | null
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
  | { readonly kind: 'hosting'; readonly report: HostingReport }

/** From the app to the backend's process. */
export type BackendCommand =
  | { readonly kind: 'stop' }
  /** Opens the backend to the local network; a `hosting` message says what has become of it. */
  | { readonly kind: 'host'; readonly request: HostingRequest }
  /** Tells the guests and closes it again. */
  | { readonly kind: 'stopHosting' }
