import { CompiledQuery, type DatabaseConnection, type Driver, type QueryResult } from 'kysely'
import { z } from 'zod'
import type { LeasedConnection } from './leasedConnections.ts'

/** How the library asks what the function has said about its answer. It is asked ahead of it. */
const RESPONSE_STATEMENT =
  /^\s*select current_setting\('response\.status', true\) as status,\s*current_setting\('response\.headers', true\) as headers\s*$/i
const responseQuery = CompiledQuery.raw(
  "select current_setting('response.status', true) as status, current_setting('response.headers', true) as headers",
)

type Progress =
  | { readonly kind: 'idle' }
  | { readonly kind: 'one-by-one' }
  | {
      readonly kind: 'sent'
      readonly response: Promise<QueryResult<unknown>> | null
      readonly commit: Promise<QueryResult<unknown>>
    }

/**
 * One call of a function in a transaction of its own, sent in one piece: begin, under whose role it runs, the call, what it
 * says about its answer, commit. Locks that the call takes are held for as long as the server needs, and not while this
 * busy process gets round to saying that it may commit: many who join one room wait for each other there.
 *
 * The first call of a function on a connection goes step by step, as the driver has to learn its types first.
 */
export class FunctionCall implements DatabaseConnection {
  readonly #connection: LeasedConnection
  readonly #opening: CompiledQuery
  readonly #questions: readonly CompiledQuery[]
  #progress: Progress = { kind: 'idle' }

  /**
   * @param opening under whose role the call runs
   * @param options `asksResponse`: whether it will be asked what the function has said about its answer
   */
  constructor(
    connection: LeasedConnection,
    opening: CompiledQuery,
    options: { readonly asksResponse: boolean },
  ) {
    this.#connection = connection
    this.#opening = opening
    this.#questions = options.asksResponse ? [responseQuery] : []
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    switch (this.#progress.kind) {
      case 'idle':
        return await this.#call<Row>(query)
      case 'one-by-one':
        return await this.#connection.executeQuery<Row>(query)
      case 'sent':
        if (this.#progress.response === null || !RESPONSE_STATEMENT.test(query.sql))
          throw new Error('a call of a function is one statement')
        // Whoever asks knows the columns; the driver's types do not.
        return z.custom<QueryResult<Row>>().parse(await this.#progress.response)
    }
  }

  async #call<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (!this.#connection.hasPrepared([this.#opening, query])) {
      this.#progress = { kind: 'one-by-one' }
      await this.#connection.begin('begin')
      await this.#connection.executeQuery(this.#opening)
      return await this.#connection.executeQuery<Row>(query)
    }
    const answers = this.#connection.sendTogether<Row>([this.#opening, query, ...this.#questions])
    // Whichever fails first is told; the others follow from it.
    for (const answer of answers) answer.catch(() => {})
    const [begin, opening, call, response] = answers
    const commit = answers.at(-1)
    if (!begin || !opening || !call || !response || !commit) throw new Error('something was not sent')
    this.#progress = { kind: 'sent', response: response === commit ? null : response, commit }
    await begin
    await opening
    return await call
  }

  /** Commits; rejects where that fails. */
  async finish(): Promise<void> {
    switch (this.#progress.kind) {
      case 'idle':
        return
      case 'one-by-one':
        await this.#connection.executeQuery(CompiledQuery.raw('commit'))
        return
      case 'sent':
        await this.#progress.commit
    }
  }

  /** Undoes what was not sent together with its commit, which the server has undone by itself where it failed. */
  async giveUp(): Promise<void> {
    if (this.#progress.kind === 'one-by-one')
      await this.#connection.executeQuery(CompiledQuery.raw('rollback')).catch(() => {})
    if (this.#progress.kind === 'sent') await this.#progress.commit.catch(() => {})
  }

  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    yield await Promise.reject(new Error('nothing here streams rows'))
  }
}

/** Hands out nothing but the call. */
export function createCallDriver(call: FunctionCall): Driver {
  const refuse = async (): Promise<never> => await Promise.reject(new Error('it is in a transaction already'))
  return {
    init: async () => {},
    acquireConnection: async () => await Promise.resolve(call),
    releaseConnection: async () => {},
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    destroy: async () => {},
  }
}
