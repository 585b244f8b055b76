import { PostgresConnection } from '@supabase/lite/postgres'
import type { Connection, VarsContext } from '@supabase/lite'
import { sql, type Kysely } from 'kysely'

type Database = PostgresConnection['kysely'] extends Kysely<infer Schema> ? Kysely<Schema> : never
type ConnectionContextOptions = NonNullable<Parameters<Connection['withContext']>[2]>
type IntrospectResult = Awaited<ReturnType<Connection['introspect']>>
type RpcContext = NonNullable<ConnectionContextOptions['rpc']>
type Claims = { readonly role: ApiRole; readonly userId: string; readonly jwt: unknown }

const apiRoles = ['anon', 'authenticated', 'service_role'] as const
type ApiRole = (typeof apiRoles)[number]

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** Reads who is asking from what the API server passes along. An unknown role is nobody. */
function claimsOf(vars: VarsContext | undefined): Claims {
  const auth = isRecord(vars?.['auth']) ? vars['auth'] : {}
  // SECURITY: only these three can be taken on, whatever a signed token may say.
  const role = apiRoles.find((candidate) => candidate === auth['role']) ?? 'anon'
  return { role, userId: typeof auth['uid'] === 'string' ? auth['uid'] : '', jwt: auth['jwt'] ?? { role } }
}

async function enterRequest(
  transaction: Database,
  claims: Claims,
  rpc: RpcContext | undefined,
): Promise<void> {
  const settings: Record<string, string> = {
    role: claims.role,
    'request.jwt.claims': JSON.stringify(claims.jwt),
    'request.jwt.claim.sub': claims.userId,
    'request.jwt.claim.role': claims.role,
    ...(rpc === undefined
      ? {}
      : {
          'response.status': '',
          'response.headers': '',
          'request.method': rpc.method,
          'request.path': rpc.path,
          'request.headers': JSON.stringify(rpc.requestHeaders ?? {}),
        }),
  }
  const calls = Object.entries(settings).map(([name, value]) => sql`set_config(${name}, ${value}, true)`)
  // One round trip for all of them; the library makes six to eleven.
  await sql`select ${sql.join(calls)}`.execute(transaction)
  if (rpc?.readOnly === true) await sql`set local transaction_read_only = on`.execute(transaction)
}

/** How the Auth and Data APIs reach the database. */
export type ApiConnectionOptions = {
  /** Of the API's login, which has no rights on the tables of the schema. */
  readonly apiUrl: string
  /** Of a role that sees the whole catalog. */
  readonly catalogUrl: string
  readonly maxConnections: number
}

/**
 * The library's PostgreSQL connection, with each request in a transaction under the role of whoever asks.
 *
 * SECURITY: replaces `withContext` because the library's own grants all privileges on every table in a schema with row
 * level security to all three roles as soon as it sees one, which would undo the grants of the migrations, and runs
 * requests as the login itself while there is none.
 */
export class ApiConnection extends PostgresConnection {
  readonly #catalog: PostgresConnection
  #introspection: Promise<IntrospectResult> | null = null

  constructor(options: ApiConnectionOptions) {
    super({
      url: options.apiUrl,
      postgresOptions: {
        max: options.maxConnections,
        onnotice: () => {},
        connection: { application_name: 'studyhall-api' },
      },
    })
    this.#catalog = new PostgresConnection({
      url: options.catalogUrl,
      postgresOptions: { max: 1, idle_timeout: 2, onnotice: () => {} },
    })
  }

  override async withContext<T>(
    vars: VarsContext | undefined,
    run: (database: Database) => Promise<T>,
    options: ConnectionContextOptions = {},
  ): Promise<T> {
    const claims = claimsOf(vars)
    const inside = async (transaction: Database): Promise<T> => {
      await enterRequest(transaction, claims, options.rpc)
      return await run(transaction)
    }
    if (options.transaction !== undefined) return await inside(options.transaction)
    return await this.kysely.transaction().execute(inside)
  }

  /**
   * The login does not see what it has no rights on, so the catalog is read by another role; once, until
   * `forgetSchema`, and once only for requests that come together.
   */
  override async introspect(): Promise<IntrospectResult> {
    this.#introspection ??= this.#catalog.introspect({ useCache: false }).catch((error: unknown) => {
      this.#introspection = null
      throw error
    })
    return await this.#introspection
  }

  /** Reads the catalog again for the next request. */
  forgetSchema(): void {
    this.#introspection = null
  }

  override async close(): Promise<void> {
    await Promise.all([this.driver.end({ timeout: 2 }), this.#catalog.driver.end({ timeout: 2 })])
  }
}
