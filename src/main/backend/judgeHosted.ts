import type { HostedProblem } from '../../shared/backend/hostedOutcome.ts'
import { isLoopbackHostname } from '../../shared/backend/transportSecurity.ts'
import { err, ok, type Result } from '../../shared/result.ts'

/** A hosted Supabase: its origin and its publishable key. */
export interface HostedAddress {
  readonly url: string
  readonly key: string
}

/** What can be said of an address and a key without asking anybody. */
export function judgeHosted(url: string, key: string): Result<HostedAddress, HostedProblem> {
  const origin = judgeUrl(url.trim())
  if (!origin.ok) return origin
  const problem = problemOfKey(key.trim())
  return problem === null ? ok({ url: origin.value, key: key.trim() }) : err(problem)
}

function judgeUrl(text: string): Result<string, HostedProblem> {
  if (text === '') return err('url_missing')
  if (!URL.canParse(text)) return err('not_an_address')
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return err('has_credentials')
  // SECURITY: sessions and signaling must not cross a network in the clear.
  if (url.protocol === 'http:' && !isLoopbackHostname(url.hostname)) return err('insecure')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return err('not_https')
  if ((url.pathname !== '/' && url.pathname !== '') || url.search !== '' || url.hash !== '') {
    return err('has_path')
  }
  return ok(url.origin)
}

function problemOfKey(key: string): HostedProblem | null {
  if (key === '') return 'key_missing'
  if (key.startsWith('sb_secret_') || roleOfToken(key) === 'service_role') return 'secret_key'
  return /^[\w.-]{16,2048}$/.test(key) ? null : 'not_a_key'
}

/** The `role` claim of a JSON web token; null when the key is not one. The signature is the server's business. */
function roleOfToken(key: string): string | null {
  const [, payload] = key.split('.')
  if (payload === undefined) return null
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
    return typeof claims === 'object' && claims !== null && 'role' in claims ? String(claims.role) : null
  } catch {
    return null
  }
}
