import { judgeMediaServer, type MediaServerProblem } from '../../shared/backend/transportSecurity.ts'
import type { ResolvedOptions } from '../backendOptions.ts'
import type { DataFolder } from '../folder/dataFolder.ts'
import { resourcesFolder } from '../postgres/binaries.ts'
import { findFreePort } from '../postgres/findFreePort.ts'
import type { Secrets } from '../secrets/secrets.ts'
import { findLivekitBinary } from './findLivekitBinary.ts'
import { deriveLivekitKeys, type LivekitKeys } from './livekitConfig.ts'
import { endOrphan } from './orphan.ts'

/** Which media server this run of the backend uses. What it says does not change while the backend runs. */
export type LivekitPlan =
  | { readonly kind: 'none' }
  /** Run by somebody else. */
  | { readonly kind: 'external'; readonly url: string; readonly keys: LivekitKeys }
  /** Started by us, on this TCP port of 127.0.0.1. */
  | {
      readonly kind: 'embedded'
      readonly url: string
      readonly port: number
      readonly program: string
      readonly keys: LivekitKeys
    }

type PlanRequest = {
  readonly options: ResolvedOptions
  readonly folder: DataFolder
  readonly secrets: Secrets
  /** The address of the last run, whose port is taken again if it is free. */
  readonly lastUrl: string | null
}

/** The port in an address of a LiveKit of ours; `null` for any other. */
export function embeddedPort(url: string | null): number | null {
  const port = Number(/^ws:\/\/127\.0\.0\.1:(\d{1,5})$/.exec(url ?? '')?.[1] ?? Number.NaN)
  return port >= 1 && port <= 65_535 ? port : null
}

/** The address of LiveKit's HTTP API; `null` when the URL is none of ws, wss, http, https, or in the clear and elsewhere. */
export function livekitHttpUrl(url: string): string | null {
  return judgeMediaServer(URL.parse(url)) === null ? url.replace(/^ws/i, 'http') : null
}

const problems: Readonly<Record<MediaServerProblem, string>> = {
  not_an_address: 'STUDYHALL_LIVEKIT_URL is not used: it is no address like wss://livekit.example.org',
  insecure:
    'STUDYHALL_LIVEKIT_URL is not used: it is not encrypted, which is for this machine only; it has to begin with wss://',
}

const names = ['STUDYHALL_LIVEKIT_URL', 'STUDYHALL_LIVEKIT_KEY', 'STUDYHALL_LIVEKIT_SECRET'] as const

/** The media server that the environment names; `null` when it names none, or says too little and a sentence why. */
export function externalLivekit(environment: Readonly<Record<string, string | undefined>>): {
  readonly plan: LivekitPlan | null
  readonly problem: string | null
} {
  const [url, key, secret] = names.map((name) => environment[name]?.trim() ?? '')
  if (url === undefined || key === undefined || secret === undefined) return { plan: null, problem: null }
  const absent = names.filter((name) => (environment[name]?.trim() ?? '') === '')
  if (absent.length === names.length) return { plan: null, problem: null }
  if (absent.length > 0)
    return {
      plan: null,
      problem: `the LiveKit server of the environment is not used: ${absent.join(', ')} missing`,
    }
  const problem = judgeMediaServer(URL.parse(url))
  if (problem !== null) return { plan: null, problem: problems[problem] }
  return { plan: { kind: 'external', url, keys: { key, secret } }, problem: null }
}

/** Chooses the media server, and ends one that an earlier owner left behind. A problem is a warning, never a failure. */
export async function planLivekit({ options, folder, secrets, lastUrl }: PlanRequest): Promise<LivekitPlan> {
  const { environment, log } = options
  try {
    const orphan = await endOrphan(folder.livekitPid)
    if (orphan !== null) log.warn(`ended the LiveKit that an earlier run left behind, process ${orphan}`)
    if (options.livekit === 'off') return { kind: 'none' }
    const { plan, problem } = externalLivekit(environment)
    if (plan !== null) return plan
    if (problem !== null) log.warn(problem)
    const found = await findLivekitBinary({
      chosen: environment['STUDYHALL_LIVEKIT_SERVER'],
      resourcesFolder: resourcesFolder(),
      projectFolder: options.projectFolder,
    })
    if (found.kind === 'missing')
      log.warn(`STUDYHALL_LIVEKIT_SERVER names ${found.program}, which is not there: rooms hold four people`)
    if (found.kind !== 'found') return { kind: 'none' }
    const port = await findFreePort(embeddedPort(lastUrl))
    const url = `ws://127.0.0.1:${port}`
    return { kind: 'embedded', url, port, program: found.program, keys: deriveLivekitKeys(secrets.jwtSecret) }
  } catch (error) {
    log.warn(`LiveKit is not used: ${error instanceof Error ? error.message : 'unknown'}`)
    return { kind: 'none' }
  }
}

/** What the functions read: the environment with the media server that is used. */
export function withLivekit(
  environment: Readonly<Record<string, string | undefined>>,
  plan: LivekitPlan,
): Readonly<Record<string, string | undefined>> {
  if (plan.kind === 'none') return environment
  return {
    ...environment,
    STUDYHALL_LIVEKIT_URL: plan.url,
    STUDYHALL_LIVEKIT_KEY: plan.keys.key,
    STUDYHALL_LIVEKIT_SECRET: plan.keys.secret,
  }
}
