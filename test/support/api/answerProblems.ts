import { z } from 'zod'
import type { ApiRequest } from './hostileRequests.ts'
import type { ApiOperation } from './readApiDocument.ts'

/** What came back. */
export interface ApiAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** The body of every refusal, and nothing more. */
export const refusalSchema = z.strictObject({
  error: z.strictObject({
    code: z.string(),
    message: z.string(),
    retryAfterSeconds: z.int().positive().optional(),
  }),
})

/** A sentence or several, in words; what programs call things is none. */
const sentencePattern = /^\S.{4,}[.!?]$/u
const programmersWords =
  /invalid input|expected|received|regex|pattern|schema|undefined|null\b|object Object|NaN|sqlstate|constraint|postgres|syntax error|\bat .*:\d+/i

/** What is wrong with any answer to an operation; empty where nothing is. */
export function findAnswerProblems(operation: ApiOperation, answer: ApiAnswer): readonly string[] {
  const { status, headers, text } = answer
  const problems: string[] = []
  const described = operation.findProblem(status, headers.get('content-type'), text)
  if (described !== null) problems.push(described)
  if (headers.get('cache-control') !== 'no-store') problems.push('it may be kept')
  if (status < 400) return problems

  const parsed = refusalSchema.safeParse(parseJson(text))
  if (!parsed.success) return [...problems, 'the body is no refusal']
  const { code, message, retryAfterSeconds } = parsed.data.error
  if (code === 'internal') problems.push('something went wrong inside')
  if (!operation.codes.get(status)?.includes(code)) problems.push(`the document knows no ${status} ${code}`)
  if (!sentencePattern.test(message) || programmersWords.test(message)) {
    problems.push(`no sentence for a person: ${message}`)
  }
  const retryAfter = headers.get('retry-after')
  if ((code === 'rate_limited') !== (retryAfterSeconds !== undefined)) problems.push('how long to wait')
  if (retryAfter !== (retryAfterSeconds === undefined ? null : String(retryAfterSeconds))) {
    problems.push('the header and the body tell different times to wait')
  }
  return problems
}

/** True where an operation has served a request that nobody good has sent. */
export function isServedToNobody(operation: ApiOperation, request: ApiRequest, answer: ApiAnswer): boolean {
  if (operation.access === 'open' || answer.status >= 400) return false
  return !request.hasGoodToken
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
