import { z } from 'zod'
import type { Database } from '../../../src/shared/database/database.generated.ts'
import { err, ok } from '../../../src/shared/result.ts'
import type { Result } from '../../../src/shared/result.ts'
import type { ApiDependencies } from './dependencies.ts'
import { asErrorCode, refuse } from './refusal.ts'
import type { Refusal } from './refusal.ts'

type DatabaseFunctions = Database['public']['Functions']

/** Calls a function of schema `public` in the name of the user whose token it is. */
export type CallDatabase = <Name extends keyof DatabaseFunctions>(
  token: string,
  functionName: Name,
  parameters: DatabaseFunctions[Name]['Args'],
) => Promise<Result<unknown, Refusal>>

/** The database verifies the token with every call, so that nothing else has to. */
export function createDatabaseCall(dependencies: ApiDependencies): CallDatabase {
  const send = dependencies.fetch ?? ((request: Request) => fetch(request))
  return async (token, functionName, parameters) => {
    const request = new Request(`${dependencies.supabaseUrl}/rest/v1/rpc/${functionName}`, {
      method: 'POST',
      headers: {
        apikey: dependencies.publishableKey,
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(parameters),
    })
    let status: number
    let text: string
    try {
      const response = await send(request)
      status = response.status
      text = await response.text()
    } catch {
      return err(
        refuse('internal', { status: 503, message: 'The database cannot be reached at the moment.' }),
      )
    }
    const body = parseJson(text)
    return status < 400 ? readAnswer(body) : err(readDatabaseError(status, body))
  }
}

const refusalAnswerSchema = z.object({
  refusal: z.string(),
  retryAfterSeconds: z.number().int().positive().optional(),
  capacity: z.number().optional(),
  needsSfu: z.boolean().optional(),
  reason: z.string().optional(),
})

/** Refusals that leave a trace in the database come as answers, since an exception would undo the trace. */
function readAnswer(body: unknown): Result<unknown, Refusal> {
  const parsed = refusalAnswerSchema.safeParse(body)
  if (!parsed.success) return ok(body)
  const { refusal, retryAfterSeconds, capacity, needsSfu, reason } = parsed.data
  const kind = asErrorCode(refusal) ?? 'internal'
  if (kind === 'room_full' && capacity !== undefined) {
    const message = needsSfu
      ? `This room is full: without a media server, ${capacity} people fit in.`
      : `This room is full: ${capacity} people fit in.`
    return err(refuse(kind, { message }))
  }
  if (kind === 'not_participant' && reason === 'replaced') {
    return err(refuse(kind, { message: 'You have joined this room from somewhere else.' }))
  }
  return err(refuse(kind, retryAfterSeconds === undefined ? {} : { retryAfterSeconds }))
}

const databaseErrorSchema = z.object({
  code: z.string().nullish(),
  message: z.string().nullish(),
  /** Of `rate_limited`: the seconds to wait. */
  details: z.unknown().optional(),
})
const waitSecondsSchema = z.coerce.number().int().positive()

/**
 * Reads the Data API's error. Expected refusals are raised with sqlstate PTnnn and a stable code for a message.
 * SECURITY: nothing else of the error reaches the client.
 */
export function readDatabaseError(status: number, body: unknown): Refusal {
  const parsed = databaseErrorSchema.safeParse(body)
  const code = parsed.success ? (parsed.data.code ?? '') : ''
  const kind = parsed.success ? asErrorCode(parsed.data.message) : null
  if (kind !== null) {
    const waitSeconds = kind === 'rate_limited' ? waitSecondsSchema.safeParse(parsed.data?.details) : null
    return refuse(kind, waitSeconds?.success ? { retryAfterSeconds: waitSeconds.data } : {})
  }
  // 42501: the function is granted to signed-in users only, and this token is not one's.
  if (status === 401 || code === '42501') return refuse('not_signed_in')
  // Class 22: a value that the database cannot take, such as a NUL character. Class 23: a constraint refused it.
  if (/^2[23]/.test(code)) return refuse('invalid_input')
  return refuse('internal', status === 503 ? { status: 503 } : {})
}

function parseJson(text: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
