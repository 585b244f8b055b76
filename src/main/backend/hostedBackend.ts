import type { BackendConnection } from '../../shared/ipc/contract.ts'
import type { HostedProblem } from '../../shared/backend/hostedOutcome.ts'
import { judgeMediaServer, type MediaServerProblem } from '../../shared/backend/transportSecurity.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { type HostedAddress, judgeHosted } from './judgeHosted.ts'

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
 * failure in words. Whether the server answers is not looked at here. `invitePage`: see `readInvitePage`.
 */
export function chooseBackend(
  environment: Environment,
  invitePage: string | null = null,
): Result<BackendChoice, HostedBackendFailure> {
  const url = environment.STUDYHALL_SUPABASE_URL?.trim() ?? ''
  const key = environment.STUDYHALL_SUPABASE_KEY?.trim() ?? ''
  if (url === '' && key === '') return ok({ kind: 'embedded' })
  if (url === '') {
    return err(describeProblem('url_missing', url))
  }
  const judged = judgeHosted(url, key)
  if (!judged.ok) return err(describeProblem(judged.error, url))
  const livekitUrl = environment.STUDYHALL_LIVEKIT_URL?.trim() ?? ''
  const problem = livekitUrl === '' ? null : judgeMediaServer(URL.parse(livekitUrl))
  if (problem !== null) return err(describeMediaServer(problem))
  return ok({
    kind: 'hosted',
    connection: connectionTo(judged.value, { livekitUrl: livekitUrl === '' ? null : livekitUrl, invitePage }),
  })
}

/** `livekitUrl` is null where the backend itself tells it on joining. */
export function connectionTo(
  hosted: HostedAddress,
  { livekitUrl, invitePage }: { readonly livekitUrl: string | null; readonly invitePage: string | null },
): Extract<BackendConnection, { kind: 'ready' }> {
  return {
    kind: 'ready',
    mode: 'hosted',
    url: hosted.url,
    publishableKey: hosted.key,
    livekitUrl,
    ...(invitePage === null ? {} : { invitePage }),
  }
}

function describeMediaServer(problem: MediaServerProblem): HostedBackendFailure {
  const example = 'It looks like wss://livekit.example.org.'
  return {
    kind: 'invalid_livekit_url',
    message:
      problem === 'insecure'
        ? `STUDYHALL_LIVEKIT_URL is not encrypted, so anyone on the way could read it; that is for this machine only. ${example}`
        : `STUDYHALL_LIVEKIT_URL is not an address. ${example}`,
  }
}

/** In the words of the environment's variables. */
function describeProblem(problem: HostedProblem, url: string): HostedBackendFailure {
  const example = 'It looks like https://abcdefgh.supabase.co.'
  const ofUrl = (message: string) => ({ kind: 'invalid_supabase_url', message }) as const
  const ofKey = (message: string) => ({ kind: 'invalid_supabase_key', message }) as const
  switch (problem) {
    case 'url_missing':
      return ofUrl(
        'STUDYHALL_SUPABASE_KEY is set but STUDYHALL_SUPABASE_URL is not. Set both to use a hosted Supabase, or neither to use the built-in backend.',
      )
    case 'has_credentials':
      return ofUrl(`STUDYHALL_SUPABASE_URL must not contain a user name or password. ${example}`)
    case 'insecure':
      return ofUrl(
        `STUDYHALL_SUPABASE_URL uses http, which anyone on the way could read. Use https://${new URL(url).host}; plain http is for this machine only.`,
      )
    case 'not_https':
      return ofUrl(`STUDYHALL_SUPABASE_URL must begin with https://. ${example}`)
    case 'has_path':
      return ofUrl(
        `STUDYHALL_SUPABASE_URL must be the project's address alone, without a path: ${new URL(url).origin}`,
      )
    case 'key_missing':
      return ofKey(
        "STUDYHALL_SUPABASE_URL is set but STUDYHALL_SUPABASE_KEY is not. Put the project's publishable (anon) key there.",
      )
    case 'secret_key':
      return ofKey(
        'STUDYHALL_SUPABASE_KEY holds a secret key, which may never be in an app. Use the publishable (anon) key and replace the secret one.',
      )
    case 'not_a_key':
      return ofKey(
        "STUDYHALL_SUPABASE_KEY does not look like a key. Copy the publishable (anon) key from the project's API settings.",
      )
    default:
      return ofUrl(`STUDYHALL_SUPABASE_URL is not an address: "${url.slice(0, 80)}". ${example}`)
  }
}
