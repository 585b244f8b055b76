import * as fc from 'fast-check'
import postgres, { type Sql } from 'postgres'
import { z } from 'zod'
import { apiErrorCodeSchema } from '../../../src/shared/api/errors.ts'
import { createDatabaseFingerprint } from './databaseFingerprint.ts'
import type { DatabaseFunction } from './databaseFunctions.ts'
import { createHostileCalls, type FunctionCall } from './hostileCalls.ts'
import type { KnownValues } from './hostileRequests.ts'

export interface FunctionHostilityOptions {
  /** Where the Data API is. */
  readonly baseUrl: string
  readonly publishableKey: string
  /** The database behind it, as its owner. */
  readonly sql: Sql
  /** Makes rooms and people afresh, and tells what a hostile person knows of them. */
  readonly prepare: () => Promise<KnownValues>
  readonly seed: number
  /** Calls of each function. */
  readonly count: number
}

interface Answer {
  readonly status: number
  readonly text: string
}

/** What the Data API answers where a function, or PostgreSQL, has refused. */
const errorSchema = z.strictObject({
  code: z.string(),
  message: z.string(),
  details: z.string().nullable(),
  hint: z.string().nullable(),
})
/** A refusal that had to be kept in the database. */
const refusalSchema = z.object({ refusal: z.string() })
/** What PostgreSQL says of a value that is none of its type, before any function sees it. */
const castCodes = /^22(?:003|007|008|009|021|P02|P03|P05|023|02E)$/

/**
 * Sends hostile calls to a function and tells of each that is answered by more than a stable code, that serves somebody
 * who is nobody, or that has left something behind though it was refused. Empty where all is well.
 */
export async function findFunctionWeaknesses(
  callee: DatabaseFunction,
  options: FunctionHostilityOptions,
): Promise<readonly string[]> {
  const { sql, seed, count } = options
  const known = await options.prepare()
  const readFingerprint = await createDatabaseFingerprint(sql)
  const weaknesses: string[] = []
  let before = await readFingerprint()
  // Each call meets what those before it have left, so that there is nothing to shrink.
  for (const call of fc.sample(createHostileCalls(callee, known), { seed, numRuns: count })) {
    // Refusals for being too often have tests of their own, and would hide all others.
    await sql`delete from private.permits`
    const answer = await sendCall(options, call)
    const after = await readFingerprint()
    const problem = (await findProblem(callee, call, answer, sql)) ?? findTrace(answer, before, after)
    before = after
    if (problem !== null) weaknesses.push(describeWeakness(call, answer, problem))
  }
  return weaknesses
}

async function sendCall(options: FunctionHostilityOptions, call: FunctionCall): Promise<Answer> {
  const response = await fetch(`${options.baseUrl}/rpc/${call.name}`, {
    method: 'POST',
    headers: {
      apikey: options.publishableKey,
      'content-type': 'application/json',
      ...(call.authorization === undefined ? {} : { authorization: call.authorization }),
    },
    body: JSON.stringify(call.parameters),
  })
  return { status: response.status, text: await response.text() }
}

async function findProblem(
  callee: DatabaseFunction,
  call: FunctionCall,
  { status, text }: Answer,
  sql: Sql,
): Promise<string | null> {
  const body: unknown = parseJson(text)
  if (status < 400) {
    // That they may not is all that whoever is nobody may hear.
    if (!call.hasGoodToken && body !== false) return 'it serves who is nobody'
    const refusal = refusalSchema.safeParse(body)
    return refusal.success && !apiErrorCodeSchema.safeParse(refusal.data.refusal).success
      ? 'a refusal without a stable code'
      : null
  }
  // Whoever is nobody is turned away by the library, by PostgreSQL's grants, or by the function.
  if (!call.hasGoodToken && status < 500) return null
  const error = errorSchema.safeParse(body)
  if (!error.success) return 'the body is no refusal'
  const { code, message, details, hint } = error.data
  if (/^PT[45]\d\d$/.test(code)) {
    if (details !== null || hint !== null) return 'more than a code'
    return apiErrorCodeSchema.safeParse(message).success ? null : 'no stable code'
  }
  if (status >= 500) return 'something went wrong inside'
  if (!castCodes.test(code) || status !== 400) return 'an error of the database itself'
  return (await hasImpossibleValue(callee, call, sql))
    ? null
    : 'an error of the database itself, though every value is one of its type'
}

/** Whether PostgreSQL cannot make one of the values what its parameter takes. */
async function hasImpossibleValue(callee: DatabaseFunction, call: FunctionCall, sql: Sql): Promise<boolean> {
  for (const { name, type } of callee.parameters) {
    const value = call.parameters[name]
    if (value === undefined || value === null) continue
    const text = typeof value === 'string' && type !== 'jsonb' ? value : JSON.stringify(value)
    // No text of a database holds a NUL or half of a surrogate pair.
    if (/\\u(?:0000|d[89a-f])/i.test(JSON.stringify(value))) return true
    if (type === 'text') continue
    if (type === 'text[]') {
      if (!(await isTextArray(value, sql))) return true
      continue
    }
    const [row] = await sql<{ isValid: boolean }[]>`select pg_input_is_valid(${text}, ${type}) as "isValid"`
    if (row?.isValid !== true) return true
  }
  return false
}

/** Whether PostgreSQL makes an array of a JSON value: not of `{}`, nor of `[["a", "b"], "c"]`, whose parts differ in depth. */
async function isTextArray(value: unknown, sql: Sql): Promise<boolean> {
  try {
    await sql`select * from json_to_record(${JSON.stringify({ value })}::text::json) as record (value text[])`
    return true
  } catch (error) {
    if (error instanceof postgres.PostgresError && castCodes.test(error.code)) return false
    throw error
  }
}

function findTrace({ status, text }: Answer, before: string, after: string): string | null {
  const isRefused = status >= 400 || refusalSchema.safeParse(parseJson(text)).success
  return isRefused && before !== after ? `it left something behind:\n${before}\n${after}` : null
}

function describeWeakness(call: FunctionCall, answer: Answer, problem: string): string {
  const sent = JSON.stringify(call).slice(0, 800)
  return `${problem}\nanswer: ${answer.status} ${answer.text.slice(0, 500)}\ncall: ${sent}`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
