import type { BackendConnection } from '../../shared/ipc/contract.ts'
import { err, ok, type Result } from '../../shared/result.ts'

/** Which backend this run uses. */
export type BackendChoice =
  | { readonly kind: 'embedded' }
  | { readonly kind: 'hosted'; readonly connection: Extract<BackendConnection, { kind: 'ready' }> }

export interface HostedBackendFailure {
  readonly kind: 'invalid_supabase_url' | 'invalid_supabase_key' | 'invalid_livekit_url'
  readonly message: string
}

interface Environment {
  readonly STUDYHALL_SUPABASE_URL?: string | undefined
  readonly STUDYHALL_SUPABASE_KEY?: string | undefined
  readonly STUDYHALL_LIVEKIT_URL?: string | undefined
}

/**
 * Hosted when `STUDYHALL_SUPABASE_URL` and `STUDYHALL_SUPABASE_KEY` are set, embedded when neither is; everything else is a
 * failure in words. Whether the server answers is not looked at here.
 */
export function chooseBackend(environment: Environment): Result<BackendChoice, HostedBackendFailure> {
  const url = environment.STUDYHALL_SUPABASE_URL?.trim() ?? ''
  const key = environment.STUDYHALL_SUPABASE_KEY?.trim() ?? ''
  if (url === '' && key === '') return ok({ kind: 'embedded' })
  if (url === '') {
    return refuseUrl(
      'STUDYHALL_SUPABASE_KEY is set but STUDYHALL_SUPABASE_URL is not. Set both to use a hosted Supabase, or neither to use the built-in backend.',
    )
  }
  const origin = parseServerUrl(url)
  if (!origin.ok) return refuseUrl(origin.error)
  const keyProblem = problemOfKey(key)
  if (keyProblem !== null) return err({ kind: 'invalid_supabase_key', message: keyProblem })
  const livekitUrl = environment.STUDYHALL_LIVEKIT_URL?.trim() ?? ''
  if (livekitUrl !== '' && !/^(wss?|https?):\/\/[^/\s]+/.test(livekitUrl)) {
    return err({
      kind: 'invalid_livekit_url',
      message: 'STUDYHALL_LIVEKIT_URL is not an address. It looks like wss://livekit.example.org.',
    })
  }
  return ok({
    kind: 'hosted',
    connection: {
      kind: 'ready',
      mode: 'hosted',
      url: origin.value,
      publishableKey: key,
      livekitUrl: livekitUrl === '' ? null : livekitUrl,
    },
  })
}

function refuseUrl(message: string): Result<never, HostedBackendFailure> {
  return err({ kind: 'invalid_supabase_url', message })
}

function parseServerUrl(text: string): Result<string, string> {
  const example = 'It looks like https://abcdefgh.supabase.co.'
  if (!URL.canParse(text))
    return err(`STUDYHALL_SUPABASE_URL is not an address: "${text.slice(0, 80)}". ${example}`)
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') {
    return err(`STUDYHALL_SUPABASE_URL must not contain a user name or password. ${example}`)
  }
  // SECURITY: sessions and signaling must not cross a network in the clear.
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)
  if (url.protocol === 'http:' && !isLoopback) {
    return err(
      `STUDYHALL_SUPABASE_URL uses http, which anyone on the way could read. Use https://${url.host}; plain http is for this machine only.`,
    )
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return err(`STUDYHALL_SUPABASE_URL must begin with https://. ${example}`)
  }
  if ((url.pathname !== '/' && url.pathname !== '') || url.search !== '' || url.hash !== '') {
    return err(`STUDYHALL_SUPABASE_URL must be the project's address alone, without a path: ${url.origin}`)
  }
  return ok(url.origin)
}

function problemOfKey(key: string): string | null {
  if (key === '') {
    return "STUDYHALL_SUPABASE_URL is set but STUDYHALL_SUPABASE_KEY is not. Put the project's publishable (anon) key there."
  }
  if (key.startsWith('sb_secret_') || roleOfToken(key) === 'service_role') {
    return 'STUDYHALL_SUPABASE_KEY holds a secret key, which may never be in an app. Use the publishable (anon) key and replace the secret one.'
  }
  return /^[\w.-]{16,2048}$/.test(key)
    ? null
    : "STUDYHALL_SUPABASE_KEY does not look like a key. Copy the publishable (anon) key from the project's API settings."
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
