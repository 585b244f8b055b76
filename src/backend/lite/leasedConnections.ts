import {
  CompiledQuery,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import type { ParameterOrJSON, RowList, Sql } from 'postgres'

/** Makes a client of exactly one connection, which reconnects by itself; `onClose` tells of each loss. */
export type ConnectOne = (onClose: () => void) => Sql

const changingCommands = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

/** How long a request waits for a database that is being started again. */
const patienceMs = 8_000
const retryMs = 50
/** How long the close of a broken socket is waited for. */
const closeMs = 500

/** The query never reached the database: nobody listens, or it is starting or stopping (SQLSTATE 57P03). */
const neverRun = new Set(['ECONNREFUSED', 'CONNECT_TIMEOUT', '57P03'])
/** The connection broke, so whatever was under way in it is undone (SQLSTATE 57P01 and 57P02 end a session). */
const broken = new Set(['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'ECONNRESET', 'EPIPE', '57P01', '57P02'])

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** What kysely has compiled is what the driver takes; only their types do not know of each other. */
const isParameter = (value: unknown): value is ParameterOrJSON<never> => value !== undefined

/** One connection, lent to one user at a time. */
class LeasedConnection implements DatabaseConnection {
  readonly client: Sql
  #lost = false
  #inTransaction = false
  #onLost: () => void = () => {}

  constructor(connect: ConnectOne) {
    this.client = connect(() => {
      this.#lost = true
      this.#onLost()
    })
  }

  /** A new user begins on whatever connection there is. */
  lend(): this {
    this.#lost = false
    this.#inTransaction = false
    return this
  }

  async begin(statement: string): Promise<void> {
    // Nothing has been done yet, so a connection that turns out to be broken is no reason to give up either.
    await this.#persist(statement, [], (code) => neverRun.has(code) || broken.has(code))
    this.#inTransaction = true
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    // SECURITY: a new connection would not be in the transaction, nor under the role, of the lost one.
    if (this.#lost && this.#inTransaction) throw new Error('the connection to the database was lost')
    const rows = await this.#persist<Row>(
      query.sql,
      query.parameters,
      (code) => !this.#inTransaction && neverRun.has(code),
    )
    return changingCommands.has(rows.command)
      ? { rows: [...rows], numAffectedRows: BigInt(rows.count) }
      : { rows: [...rows] }
  }

  async #persist<Row>(
    statement: string,
    parameters: readonly unknown[],
    mayTryAgain: (code: string) => boolean,
  ): Promise<RowList<Row[]>> {
    const giveUp = performance.now() + patienceMs
    for (;;) {
      this.#lost = false
      try {
        return await this.client.unsafe<Row[]>(statement, parameters.filter(isParameter))
      } catch (error) {
        const code = codeOf(error)
        // Between the error of a socket and its close the driver would send the next query into the void.
        if (broken.has(code)) await this.#untilClosed()
        if (!mayTryAgain(code) || performance.now() > giveUp) throw error
      }
      await new Promise((resolve) => setTimeout(resolve, retryMs))
    }
  }

  async #untilClosed(): Promise<void> {
    if (this.#lost) return
    await new Promise<void>((resolve) => {
      this.#onLost = resolve
      setTimeout(resolve, closeMs)
    })
  }

  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    yield await Promise.reject(new Error('nothing here streams rows'))
  }
}

class LeasingDriver implements Driver {
  readonly #idle: LeasedConnection[]
  readonly #all: readonly LeasedConnection[]
  readonly #waiting: ((connection: LeasedConnection) => void)[] = []

  constructor(connect: ConnectOne, size: number) {
    this.#all = Array.from({ length: size }, () => new LeasedConnection(connect))
    this.#idle = [...this.#all]
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    // The last one used: the others may close when they have been idle for long enough.
    const free = this.#idle.pop()
    if (free !== undefined) return free.lend()
    return await new Promise((resolve) => this.#waiting.push(resolve))
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    if (!(connection instanceof LeasedConnection)) throw new Error('not one of ours')
    const next = this.#waiting.shift()
    if (next === undefined) this.#idle.push(connection)
    else next(connection.lend())
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const level = settings.isolationLevel === undefined ? '' : ` isolation level ${settings.isolationLevel}`
    if (!(connection instanceof LeasedConnection)) throw new Error('not one of ours')
    await connection.begin(`begin${level}`)
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'))
  }

  async destroy(): Promise<void> {
    await Promise.all(this.#all.map(({ client }) => client.end({ timeout: 2 })))
  }
}

/**
 * A database interface over so many clients of one connection each.
 *
 * Stands in for the library's own, which reserves connections of one pool: postgres.js 3.4 puts a reserved connection
 * that was lost back among the open ones, and whoever gets it next waits for ever. Seen when PostgreSQL is killed.
 */
export function createLeasedDatabase<Schema>(connect: ConnectOne, size: number): Kysely<Schema> {
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new LeasingDriver(connect, size),
    createIntrospector: (database) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
  return new Kysely<Schema>({ dialect })
}
