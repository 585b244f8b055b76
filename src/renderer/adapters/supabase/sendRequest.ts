import { z } from 'zod'
import { apiErrorBodySchema, apiErrorCodeSchema } from '../../../shared/api/errors.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { RoomsFailure } from '../../core/ports/rooms.ts'

/** An answer that does not come within this time is taken as none. */
const REQUEST_TIMEOUT_MS = 10_000

/** Where requests go, and in whose name. */
export interface RequestOptions {
  /** The Supabase project's address, without a slash at the end. */
  readonly url: string
  readonly publishableKey: string
  /** The person's bearer token at this moment; null when nobody is signed in. */
  readonly accessToken: () => Promise<string | null>
  readonly fetch: typeof fetch
}

/**
 * What a function of the schema raises keeps its stable code as the message (`sqlstate 'PTnnn'`). Of `rate_limited` the details are the
 * seconds to wait.
 */
const raisedSchema = z.object({
  message: apiErrorCodeSchema,
  details: z.coerce.number().int().positive().nullable().catch(null),
})
/** What PostgreSQL itself refuses, by its error code: what it cannot read as the type of a parameter, before any function. */
const databaseErrorSchema = z.object({ code: z.string() })
/** Of an answer that nobody reads. */
export const nothingSchema = z.unknown().transform(() => undefined)

interface ApiRequest<T> {
  readonly method: string
  readonly address: string
  readonly schema: z.ZodType<T>
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
}

/** Asks the API or the Data API in the person's name. An answer that does not fit its schema is a failure too. */
export async function sendRequest<T>(
  options: RequestOptions,
  request: ApiRequest<T>,
): Promise<Result<T, RoomsFailure>> {
  const token = await options.accessToken()
  if (token === null) return err(failure('not_signed_in', 'Nobody is signed in.'))
  let response: Response
  let text: string
  try {
    response = await options.fetch(request.address, {
      method: request.method,
      headers: {
        ...request.headers,
        apikey: options.publishableKey,
        authorization: `Bearer ${token}`,
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    })
    text = await response.text()
  } catch {
    // fetch rejects for a network that is gone and for our own deadline alike: no answer came.
    return err(failure('unreachable', 'No answer came.'))
  }
  const answer = parseJson(text)
  if (!response.ok) return err(toRoomsFailure(response.status, answer))
  const parsed = request.schema.safeParse(answer)
  return parsed.success ? ok(parsed.data) : err(failure('internal', 'The answer could not be read.'))
}

/** An empty body (204) reads as undefined, one that is no JSON as null. */
function parseJson(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

/**
 * A refusal as the app knows it. Bodies in another shape come from what stands before the API (a gateway, the Data API) and
 * are judged by their status. Exported for its tests.
 */
export function toRoomsFailure(status: number, body: unknown): RoomsFailure {
  const parsed = apiErrorBodySchema.safeParse(body)
  if (parsed.success) {
    const { code, message, retryAfterSeconds } = parsed.data.error
    return {
      kind: code,
      message,
      retryAfterMs: retryAfterSeconds === undefined ? null : retryAfterSeconds * 1_000,
    }
  }
  const raised = raisedSchema.safeParse(body)
  if (raised.success) {
    const { message: kind, details: waitSeconds } = raised.data
    const waits = kind === 'rate_limited' && waitSeconds !== null
    return { kind, message: 'The database refused.', retryAfterMs: waits ? waitSeconds * 1_000 : null }
  }
  const code = databaseErrorSchema.safeParse(body).data?.code ?? ''
  if (code.startsWith('22')) return failure('invalid_input', 'The database cannot read a value.')
  // The function is granted to people who are signed in.
  if (code === '42501') return failure('not_signed_in', 'The sign-in is no longer valid.')
  if (status === 401) return failure('not_signed_in', 'The sign-in is no longer valid.')
  if (status === 429) return failure('rate_limited', 'Too many requests in a short time.')
  if (status === 502 || status === 503 || status === 504)
    return failure('unreachable', 'The backend is away.')
  return failure('internal', `The backend answered with status ${status}.`)
}

function failure(kind: RoomsFailure['kind'], message: string): RoomsFailure {
  return { kind, message, retryAfterMs: null }
}
