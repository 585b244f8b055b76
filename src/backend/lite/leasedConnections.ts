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
import { isRecurring } from './recurringStatements.ts'

/** Makes a client of exactly one connection, which reconnects by itself; `onClose` tells of each loss. */
export type ConnectOne = (onClose: () => void) => Sql

const changingCommands = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

/** How long a request waits for a database that is being started again. */
const patienceMs = 8_000
const retryMs = 50
/** How long the close of a broken socket is waited for. */
const closeMs = 500
/** SECURITY: clients choose the order of a function's parameters, so that there are more texts than are worth keeping. */
const maxPrepared = 200

/** The query never reached the database: nobody listens, or it is starting or stopping (SQLSTATE 57P03). */
const neverRun = new Set(['ECONNREFUSED', 'CONNECT_TIMEOUT', '57P03'])
/** The connection broke, so whatever was under way in it is undone (SQLSTATE 57P01 and 57P02 end a session). */
const broken = new Set(['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'ECONNRESET', 'EPIPE', '57P01', '57P02'])

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** What kysely has compiled is what the driver takes; only their types do not know of each other. */
const isParameter = (value: unknown): value is ParameterOrJSON<never> => value !== undefined

/**
 * Names what the driver prepares: a text, and the kinds of its values, by which the driver guesses the types of those it
 * has not asked the server about.
 */
const statementKey = ({ sql, parameters }: CompiledQuery): string =>
  `${parameters.map((value) => (value === null ? 'null' : typeof value)).join()} ${sql}`

const resultOf = <Row>(rows: RowList<Row[]>): QueryResult<Row> =>
  changingCommands.has(rows.command)
    ? { rows: [...rows], numAffectedRows: BigInt(rows.count) }
    : { rows: [...rows] }

/** One connection, lent to one user at a time. */
export class LeasedConnection implements DatabaseConnection {
  readonly client: Sql
  /** What this connection has prepared: such a statement needs no question to the server before it is sent. */
  readonly #prepared = new Set<string>()
  #lost = false
  #inTransaction = false
  #onLost: () => void = () => {}

  constructor(connect: ConnectOne) {
    this.client = connect(() => {
      this.#lost = true
      this.#prepared.clear()
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
    const isPreparing = this.#isWorthPreparing(query)
    const rows = await this.#persist<Row>(
      query.sql,
      query.parameters,
      (code) => !this.#inTransaction && neverRun.has(code),
      isPreparing,
    )
    // Lost and back meanwhile, the connection would have forgotten it.
    if (isPreparing && !this.#lost) this.#prepared.add(statementKey(query))
    return resultOf(rows)
  }

  /** Whether each of these can be sent without waiting for anything, on the connection that there is. */
  hasPrepared(queries: readonly CompiledQuery[]): boolean {
    return queries.every((query) => this.#prepared.has(statementKey(query)))
  }

  /**
   * Sends them together, in a transaction, and answers each by itself: they arrive in one piece, so that the server goes
   * from one to the next without waiting for us. The last of the answers is that of the commit, which is a rollback where
   * one of them has failed. Only what `hasPrepared`: nothing is left to be sent when the connection breaks, so that
   * nothing can reach a new one, which would be outside the transaction.
   */
  sendTogether<Row>(queries: readonly CompiledQuery[]): readonly Promise<QueryResult<Row>>[] {
    return [
      this.client.unsafe<Row[]>('begin'),
      ...queries.map(({ sql, parameters }) =>
        this.client.unsafe<Row[]>(sql, parameters.filter(isParameter), { prepare: true }),
      ),
      this.client.unsafe<Row[]>('commit'),
    ].map(async (rows) => resultOf(await rows))
  }

  #isWorthPreparing(query: CompiledQuery): boolean {
    if (!isRecurring(query.sql)) return false
    return this.#prepared.size < maxPrepared || this.#prepared.has(statementKey(query))
  }

  async #persist<Row>(
    statement: string,
    parameters: readonly unknown[],
    mayTryAgain: (code: string) => boolean,
    isPrepared = false,
  ): Promise<RowList<Row[]>> {
    const giveUp = performance.now() + patienceMs
    for (;;) {
      this.#lost = false
      try {
        return await this.client.unsafe<Row[]>(
          statement,
          parameters.filter(isParameter),
          isPrepared ? { prepare: true } : {},
        )
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

export class LeasingDriver implements Driver {
  readonly #idle: LeasedConnection[]
  readonly #all: readonly LeasedConnection[]
  readonly #waiting: ((connection: LeasedConnection) => void)[] = []

  constructor(connect: ConnectOne, size: number) {
    this.#all = Array.from({ length: size }, () => new LeasedConnection(connect))
    this.#idle = [...this.#all]
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<LeasedConnection> {
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
 * A database interface over a driver that leases connections.
 *
 * Stands in for the library's own, which reserves connections of one pool: postgres.js 3.4 puts a reserved connection
 * that was lost back among the open ones, and whoever gets it next waits for ever. Seen when PostgreSQL is killed.
 */
export function createLeasedDatabase<Schema>(driver: Driver): Kysely<Schema> {
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driver,
    createIntrospector: (database) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
  return new Kysely<Schema>({ dialect })
}
