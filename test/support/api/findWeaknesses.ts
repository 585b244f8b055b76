import * as fc from 'fast-check'
import type { Sql } from 'postgres'
import { findAnswerProblems, isServedToNobody, type ApiAnswer } from './answerProblems.ts'
import { createDatabaseFingerprint } from './databaseFingerprint.ts'
import { createHostileRequests, type ApiRequest, type KnownValues } from './hostileRequests.ts'
import type { ApiOperation } from './readApiDocument.ts'

export interface HostilityOptions {
  /** Where `/api` is. */
  readonly baseUrl: string
  readonly publishableKey: string
  /** The database behind it, as its owner. */
  readonly sql: Sql
  /** Makes rooms and people afresh, and tells what a hostile person knows of them. */
  readonly prepare: () => Promise<KnownValues>
  readonly seed: number
  /** Requests. */
  readonly count: number
}

export async function sendApiRequest(
  options: Pick<HostilityOptions, 'baseUrl' | 'publishableKey'>,
  request: Pick<ApiRequest, 'method' | 'path' | 'headers' | 'body'>,
): Promise<ApiAnswer> {
  const { method, path, headers, body } = request
  const response = await fetch(`${options.baseUrl}${path}`, {
    method,
    headers: { apikey: options.publishableKey, ...headers },
    ...(body === null ? {} : { body }),
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/**
 * Sends hostile requests to an operation and tells of each whose answer is not as the document says, that serves somebody
 * who is nobody, or that has left something behind though it was refused. Empty where all is well.
 */
export async function findWeaknesses(
  operation: ApiOperation,
  options: HostilityOptions,
): Promise<readonly string[]> {
  const { sql, seed, count } = options
  const known = await options.prepare()
  const readFingerprint = await createDatabaseFingerprint(sql)
  const weaknesses: string[] = []
  let before = await readFingerprint()
  // Each request meets what those before it have left, so that there is nothing to shrink.
  for (const request of fc.sample(createHostileRequests(operation, known), { seed, numRuns: count })) {
    // Refusals for being too often have tests of their own, and would hide all others.
    await sql`delete from private.permits`
    const answer = await sendApiRequest(options, request)
    const after = await readFingerprint()
    const problems = [
      ...findAnswerProblems(operation, answer),
      ...(isServedToNobody(operation, request, answer) ? ['it serves who is nobody'] : []),
      ...(answer.status >= 400 && after !== before ? [`it left something behind:\n${before}\n${after}`] : []),
    ]
    before = after
    if (problems.length > 0) weaknesses.push(describeWeakness(request, answer, problems))
  }
  return weaknesses
}

function describeWeakness(request: ApiRequest, answer: ApiAnswer, problems: readonly string[]): string {
  const sent = JSON.stringify({ ...request, body: String(request.body).slice(0, 500) })
  return `${problems.join('\n')}\nanswer: ${answer.status} ${answer.text.slice(0, 500)}\nrequest: ${sent}`
}
