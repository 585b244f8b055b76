/** What the function needs from where it runs. */
export interface ApiDependencies {
  /** The project's address, without a trailing slash. */
  readonly supabaseUrl: string
  /** Sent as `apikey` with every call in the name of a user. */
  readonly publishableKey: string
  /** For calls that are not in the name of a user. */
  readonly secretKey: string
  /** Every key that a service may name itself by; `secretKey` alone by default. */
  readonly secretKeys?: readonly string[]
  /**
   * `STUDYHALL_TURN_URLS`, `STUDYHALL_TURN_SECRET` and `STUDYHALL_STUN_URLS`, where lists are comma-separated; and
   * `STUDYHALL_REDIS_URL`, or `STUDYHALL_UPSTASH_URL` and `STUDYHALL_UPSTASH_TOKEN`, for the cache of the room list.
   */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Milliseconds since 1970; the clock by default. */
  readonly now?: () => number
  /**
   * Lets work go on after the answer. Where it is given, the API sweeps the media server after each request that may have to
   * do with it, and tells the database whether it answers; without it the former is left to whoever calls
   * `POST /api/sfu/sweep`, told by the database, and the latter to whoever runs the media server.
   */
  readonly afterwards?: (work: Promise<unknown>) => void
  /** Reaches the Data API; the global `fetch` by default. */
  readonly fetch?: (request: Request) => Promise<Response>
}
