import postgres from 'postgres'
import { sfuSweepResponseSchema } from '../../shared/api/media.ts'
import type { ResolvedOptions } from '../backendOptions.ts'
import type { DataFolder } from '../folder/dataFolder.ts'
import { withLivekit, type LivekitPlan } from '../livekit/livekitPlan.ts'
import { startLivekit } from '../livekit/startLivekit.ts'
import type { SupervisedLivekit } from '../livekit/superviseLivekit.ts'
import { startSfuSweeper } from '../livekit/sweepSfu.ts'
import type { LiteApi } from '../lite/createLiteApi.ts'
import { withQuietConsole } from '../lite/quietConsole.ts'
import { apiLogin, databaseUrl, schemaOwner, superuser } from '../postgres/roles.ts'
import type { RealtimeServer } from '../realtime/realtimeServer.ts'
import { startScheduler } from '../scheduler/startScheduler.ts'
import type { Secrets } from '../secrets/secrets.ts'
import type { Scope } from './scope.ts'

/** What every service is started with. */
export type ServiceContext = {
  readonly options: ResolvedOptions
  readonly secrets: Secrets
  readonly databasePort: number
  readonly scope: Scope
}

/** Starts the Auth and Data APIs. */
export async function startApi({ options, secrets, databasePort, scope }: ServiceContext): Promise<LiteApi> {
  const { createLiteApi } = await import('../lite/createLiteApi.ts')
  const api = await createLiteApi({
    apiUrl: databaseUrl(apiLogin, secrets.apiPassword, databasePort),
    catalogUrl: databaseUrl(superuser, secrets.adminPassword, databasePort),
    jwtSecret: secrets.jwtSecret,
    publishableKey: secrets.publishableKey,
    secretKey: secrets.secretKey,
    accessTokenLifetimeS: options.accessTokenLifetimeS,
    log: options.log,
  })
  scope.add('api', api.close)
  return api
}

/** Starts the Realtime server. */
export async function startRealtime(context: ServiceContext): Promise<RealtimeServer> {
  const { options, secrets, databasePort } = context
  const { createRealtimeServer } = await import('../realtime/realtimeServer.ts')
  const realtime = createRealtimeServer({
    databaseUrl: databaseUrl(superuser, secrets.adminPassword, databasePort),
    jwtSecret: secrets.jwtSecret,
    apiKeys: { publishable: secrets.publishableKey, secret: secrets.secretKey },
    log: ({ level, message, error }) => {
      const line = `realtime: ${message}${typeof error === 'string' ? ` (${error})` : ''}`
      if (level === 'error' || level === 'warn') options.log[level](line)
    },
  })
  await realtime.start()
  return realtime
}

/** Loads the edge function, with the Data API reached directly rather than by another request over the network. */
export async function loadFunctions(
  { options, secrets }: ServiceContext,
  url: string,
  api: LiteApi,
  livekit: LivekitPlan,
): Promise<(request: Request) => Promise<Response>> {
  const { createApiApp } = await import('../../../supabase/functions/api/app.ts')
  // SECURITY: the secret key goes to the function and to nothing else.
  const app = createApiApp({
    supabaseUrl: url,
    publishableKey: secrets.publishableKey,
    secretKey: secrets.secretKey,
    environment: withLivekit(options.environment, livekit),
    fetch: api.fetch,
  })
  return (request) =>
    withQuietConsole(
      (line) => options.log.warn(`functions: ${line}`),
      async () => await app.fetch(request),
    )
}

/** Starts calling what has to be called at intervals. */
export async function startTimers(context: ServiceContext): Promise<void> {
  const { options, secrets, databasePort, scope } = context
  const sql = postgres(databaseUrl(schemaOwner, secrets.databasePassword, databasePort), {
    max: 2,
    onnotice: () => {},
    connection: { application_name: 'studyhall-scheduler' },
  })
  scope.add('scheduler connections', () => sql.end({ timeout: 2 }))
  const scheduler = await startScheduler(sql, options.log)
  scope.add('scheduler', scheduler.close)
}

/** Starts the media server without waiting for it; resolves when the database has heard that it does not answer yet. */
export async function startMedia(
  { options, secrets, databasePort, scope }: ServiceContext,
  folder: DataFolder,
  plan: LivekitPlan,
  url: string,
): Promise<SupervisedLivekit> {
  const sql = postgres(databaseUrl(schemaOwner, secrets.databasePassword, databasePort), {
    max: 1,
    idle_timeout: 5,
    onnotice: () => {},
    connection: { application_name: 'studyhall-livekit' },
  })
  const eventsUrl = `${url}/functions/v1/api/sfu/events`
  const { instanceId } = secrets
  const starting = startLivekit({ plan, folder, instanceId, eventsUrl, sql, log: options.log })
  // Before it has started: when something else fails meanwhile, it is ended all the same.
  scope.add('livekit', async () => (await starting).stop())
  return await starting
}

/** Has the function sweep the media server from now on, where there is one. Nothing waits for its beginning. */
export function startSweeper(
  { options, secrets, databasePort, scope }: ServiceContext,
  plan: LivekitPlan,
  url: string,
  functions: (request: Request) => Promise<Response>,
): void {
  if (plan.kind === 'none') return
  const sql = postgres(databaseUrl(schemaOwner, secrets.databasePassword, databasePort), {
    max: 1,
    onnotice: () => {},
    connection: { application_name: 'studyhall-sweeper' },
  })
  const sweep = async (): Promise<number | null> => {
    const response = await functions(
      new Request(`${url}/api/sfu/sweep`, {
        method: 'POST',
        headers: { apikey: secrets.secretKey },
      }),
    )
    if (!response.ok) throw new Error(`the function answered ${response.status}`)
    return sfuSweepResponseSchema.parse(await response.json()).nextDueInMs
  }
  const sweeper = startSfuSweeper(sql, sweep, options.log)
  scope.add('sweeper', sweeper.close)
}
