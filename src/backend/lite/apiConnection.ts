import { PostgresConnection } from '@supabase/lite/postgres'
import type { Connection, VarsContext } from '@supabase/lite'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { createCallDriver, FunctionCall } from './functionCall.ts'
import { createLeasedDatabase, LeasingDriver } from './leasedConnections.ts'

type Database = PostgresConnection['kysely'] extends Kysely<infer Schema> ? Kysely<Schema> : never
type ConnectionContextOptions = NonNullable<Parameters<Connection['withContext']>[2]>
type IntrospectResult = Awaited<ReturnType<Connection['introspect']>>
type RpcContext = NonNullable<ConnectionContextOptions['rpc']>
const sharedOptions = {
  idle_timeout: 60,
  connect_timeout: 10,
  onnotice: () => {},
  connection: { application_name: 'studyhall-api' },
}

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

/** Under whose role a request runs, and what a function may ask about it. */
function enterRequest(claims: Claims, rpc: RpcContext | undefined): RawBuilder<unknown> {
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
  return sql`select ${sql.join(calls)}`
}

/** Whether the library answers it by one statement: what is preferred may ask for counts, and for undoing it all. */
const isOneStatement = (rpc: RpcContext): boolean =>
  !rpc.readOnly && rpc.requestHeaders?.['prefer'] === undefined

/** How the Auth and Data APIs reach the database. */
export type ApiConnectionOptions = {
  /** Of the API's login, which has no rights on the tables of the schema. */
  readonly apiUrl: string
  /** Of a role that sees the whole catalog. */
  readonly catalogUrl: string
  readonly maxConnections: number
}

/** The library's connection, over connections that survive a restart of the database. */
class LastingConnection extends PostgresConnection {
  protected readonly leases: LeasingDriver

  constructor(url: string, size: number) {
    // Never connects: it is there for the types that the library wants columns to be read as.
    super({ url, postgresOptions: { max: 1 } })
    this.leases = new LeasingDriver((onclose) => {
      const postgresOptions = { ...sharedOptions, max: 1, onclose }
      return new PostgresConnection({ url, postgresOptions }).driver
    }, size)
    this.kysely = createLeasedDatabase(this.leases)
  }

  override async close(): Promise<void> {
    await this.kysely.destroy()
    await super.close()
  }
}

/**
 * The library's PostgreSQL connection, with each request in a transaction under the role of whoever asks.
 *
 * SECURITY: replaces `withContext` because the library's own grants all privileges on every table in a schema with row
 * level security to all three roles as soon as it sees one, which would undo the grants of the migrations, and runs
 * requests as the login itself while there is none.
 */
export class ApiConnection extends LastingConnection {
  readonly #catalog: LastingConnection
  #introspection: Promise<IntrospectResult> | null = null

  constructor(options: ApiConnectionOptions) {
    super(options.apiUrl, options.maxConnections)
    this.#catalog = new LastingConnection(options.catalogUrl, 1)
  }

  override async withContext<T>(
    vars: VarsContext | undefined,
    run: (database: Database) => Promise<T>,
    options: ConnectionContextOptions = {},
  ): Promise<T> {
    const { rpc } = options
    const opening = enterRequest(claimsOf(vars), rpc)
    const inside = async (transaction: Database): Promise<T> => {
      await opening.execute(transaction)
      if (rpc?.readOnly) await sql`set local transaction_read_only = on`.execute(transaction)
      return await run(transaction)
    }
    if (options.transaction !== undefined) return await inside(options.transaction)
    if (rpc !== undefined && isOneStatement(rpc))
      return await this.#callFunction(opening, run, { asksResponse: true })
    return await this.kysely.transaction().execute(inside)
  }

  async #callFunction<T>(
    opening: RawBuilder<unknown>,
    run: (database: Database) => Promise<T>,
    options: { readonly asksResponse: boolean },
  ): Promise<T> {
    const connection = await this.leases.acquireConnection()
    const call = new FunctionCall(connection, opening.compile(this.kysely), options)
    try {
      const result = await run(createLeasedDatabase(createCallDriver(call)))
      await call.finish()
      return result
    } catch (error) {
      await call.giveUp()
      throw error
    } finally {
      await this.leases.releaseConnection(connection)
    }
  }

  /**
   * Calls a function under the role of whoever asks, in a transaction of its own: one statement, sent in one piece with what
   * opens and commits it as soon as this connection has called that function before.
   */
  async callFunction<Row>(
    vars: VarsContext,
    rpc: RpcContext,
    call: RawBuilder<Row>,
  ): Promise<readonly Row[]> {
    const opening = enterRequest(claimsOf(vars), rpc)
    return await this.#callFunction(opening, async (database) => (await call.execute(database)).rows, {
      asksResponse: false,
    })
  }

  /**
   * The login does not see what it has no rights on, so the catalog is read by another role; once, until
   * `forgetSchema`, and once only for requests that come together.
   */
  override async introspect(): Promise<IntrospectResult> {
    this.#introspection ??= this.#readCatalog(2).catch((error: unknown) => {
      this.#introspection = null
      throw error
    })
    return await this.#introspection
  }

  async #readCatalog(attempts: number): Promise<IntrospectResult> {
    const found = await this.#catalog.introspect({ useCache: false })
    // When the catalog cannot be read, the library gives an empty one, recognisable by what it leaves out. Kept, it
    // would make every table unknown from then on.
    if (found.functions !== undefined) return found
    if (attempts > 1) return await this.#readCatalog(attempts - 1)
    throw new Error('the catalog could not be read')
  }

  /** Reads the catalog again for the next request. */
  forgetSchema(): void {
    this.#introspection = null
  }

  override async close(): Promise<void> {
    await Promise.all([super.close(), this.#catalog.close()])
  }
}
