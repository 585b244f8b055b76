import type { HostedProblem } from '../../shared/backend/hostedOutcome.ts'
import type { HostedAddress } from './judgeHosted.ts'

/** How long each of the two questions may take. */
const ANSWER_TIMEOUT_MS = 8_000

type Fetch = (url: string, init: RequestInit) => Promise<Response>

/**
 * Asks a hosted Supabase two small questions: whether it takes the key and has our schema, and whether our API is deployed to it.
 * Null: all is well. PostgREST refuses somebody who is not signed in with 42501 where the table is, and says PGRST205 (older:
 * 42P01) where it is not; a gateway refuses a wrong key with 401 before either.
 */
export async function probeHosted(hosted: HostedAddress, fetch: Fetch): Promise<HostedProblem | null> {
  const rooms = await ask(fetch, `${hosted.url}/rest/v1/rooms?select=topology_epoch&limit=1`, hosted.key)
  if (rooms === null) return 'unreachable'
  const code = textOf(rooms.body, 'code')
  const hasSchema = Array.isArray(rooms.body) || code === '42501'
  if (!hasSchema) {
    if (code === 'PGRST205' || code === '42P01' || code === '42703' || code === 'PGRST204') return 'no_schema'
    return rooms.status === 401 || rooms.status === 403 ? 'key_refused' : 'no_supabase'
  }
  const document = await ask(fetch, `${hosted.url}/functions/v1/api/openapi.json`, hosted.key)
  if (document === null) return 'unreachable'
  return textOf(memberOf(document.body, 'info'), 'title') === 'Studyhall' ? null : 'no_api'
}

interface Answer {
  readonly status: number
  /** Undefined when it is not JSON. */
  readonly body: unknown
}

async function ask(fetch: Fetch, url: string, key: string): Promise<Answer | null> {
  try {
    const response = await fetch(url, {
      headers: { apikey: key },
      // SECURITY: the key goes to the address that was given, and to no other.
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    })
    const text = await response.text()
    return { status: response.status, body: parseJson(text) }
  } catch {
    return null
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function textOf(value: unknown, name: string): string | null {
  const member = memberOf(value, name)
  return typeof member === 'string' ? member : null
}
