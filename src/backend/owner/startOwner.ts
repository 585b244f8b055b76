import { randomUUID } from 'node:crypto'
import type { Result } from '../../shared/result.ts'
import { ok } from '../../shared/result.ts'
import type { BackendConnection, ResolvedOptions } from '../backendOptions.ts'
import type { BackendFailure } from '../backendFailure.ts'
import type { DataFolder } from '../folder/dataFolder.ts'
import { createGatewayApp } from '../gateway/gatewayApp.ts'
import { startGateway, type Gateway } from '../gateway/startGateway.ts'
import { planLivekit, type LivekitPlan } from '../livekit/livekitPlan.ts'
import { readEndpoint, writeEndpoint, type Endpoint } from '../lock/endpointFile.ts'
import type { StartUpClock } from '../log/startUpClock.ts'
import { clusterExists } from '../postgres/createCluster.ts'
import { databaseUrl, schemaOwner } from '../postgres/roles.ts'
import type { RunningPostgres } from '../postgres/startPostgres.ts'
import { loadSecrets, type Secrets } from '../secrets/secrets.ts'
import { prepareDatabase } from './prepareDatabase.ts'
import { createScope, type Scope } from './scope.ts'
import { loadFunctions, startApi, startMedia, startRealtime, startSweeper, startTimers } from './services.ts'
import { startDatabase } from './startDatabase.ts'

/** The whole backend, run by this process. */
export type Owner = {
  readonly connection: BackendConnection
  /** See `RunningBackend`. */
  readonly openMedia: (addresses: readonly string[]) => void
  readonly stop: () => Promise<void>
}
type Opened = Pick<Owner, 'connection' | 'openMedia'>

/** Where the gateway is reached on this machine. */
function localUrl(port: number): string {
  return `http://127.0.0.1:${port}`
}

/** Describes a backend for those who may know everything about it. */
export function connectionOf(endpoint: Endpoint, secrets: Secrets): BackendConnection {
  return {
    url: localUrl(endpoint.port),
    publishableKey: secrets.publishableKey,
    secretKey: secrets.secretKey,
    databaseUrl: databaseUrl(schemaOwner, secrets.databasePassword, endpoint.databasePort),
    livekitUrl: endpoint.livekitUrl,
  }
}

type Context = {
  readonly folder: DataFolder
  readonly options: ResolvedOptions
  readonly clock: StartUpClock
  readonly scope: Scope
}

/** The gateway's port: the one asked for and no other, or else the last one, or else any. */
function portsToTry(options: ResolvedOptions, last: Endpoint | null): readonly number[] {
  if (options.port !== null) return [options.port]
  return last === null ? [0] : [last.port, 0]
}

async function openServices(
  context: Context,
  gateway: Gateway,
  secrets: Secrets,
  database: RunningPostgres,
  livekit: LivekitPlan,
): Promise<Opened> {
  const { folder, options, clock, scope } = context
  const services = { options, secrets, scope, databasePort: database.port }
  const [api, realtime, media] = await Promise.all([
    clock.measure('api', () => startApi(services)),
    clock.measure('realtime', () => startRealtime(services)),
    clock.measure('livekit', () => startMedia(services, folder, livekit, localUrl(gateway.port))),
    clock.measure('scheduler', () => startTimers(services)),
  ])
  const endpoint: Endpoint = {
    instanceId: secrets.instanceId,
    runId: randomUUID(),
    port: gateway.port,
    databasePort: database.port,
    livekitUrl: livekit.kind === 'none' ? null : livekit.url,
  }
  const connection = connectionOf(endpoint, secrets)
  const functions = await clock.measure('functions', () =>
    loadFunctions(services, connection.url, api, livekit),
  )
  startSweeper(services, livekit, connection.url, functions)
  // Ended in the opposite order: sockets are told to come back before anything is cut off.
  scope.add('gateway', gateway.close)
  scope.add('realtime', () => realtime.close())
  const app = createGatewayApp({
    instanceId: endpoint.instanceId,
    runId: endpoint.runId,
    api: api.fetch,
    functions,
    realtime: (request) => realtime.handleRequest(request),
    log: options.log,
  })
  gateway.open({
    fetch: app.fetch,
    upgrade: (request, socket, head) => realtime.handleUpgrade(request, socket, head),
  })
  await writeEndpoint(folder.endpointFile, endpoint)
  return { connection, openMedia: media.reach }
}

/** Loads what is large while PostgreSQL starts. */
async function loadLibraries(): Promise<void> {
  await Promise.all([
    import('../lite/createLiteApi.ts'),
    import('../realtime/realtimeServer.ts'),
    import('../../../supabase/functions/api/app.ts'),
  ])
}

async function startAll(context: Context): Promise<Result<Opened, BackendFailure>> {
  const { folder, options, clock, scope } = context
  const last = await readEndpoint(folder.endpointFile)
  const gateway = await clock.measure('gateway', () => startGateway(portsToTry(options, last)))
  if (!gateway.ok) return gateway
  scope.add('listener', gateway.value.close)
  const databaseExists = last !== null || (await clusterExists(folder.cluster))
  const secrets = await clock.measure('secrets', () => loadSecrets(folder.secretsFile, databaseExists))
  if (!secrets.ok) return secrets
  const starting = clock.measure('postgres', () =>
    startDatabase({ folder, options, secrets: secrets.value, preferredPort: last?.databasePort ?? null }),
  )
  // Never rejects.
  const livekit = planLivekit({ options, folder, secrets: secrets.value, lastUrl: last?.livekitUrl ?? null })
  const libraries = clock.measure('libraries', loadLibraries)
  // Awaited below, unless something else fails first.
  libraries.catch(() => {})
  const database = await starting
  if (!database.ok) return database
  scope.add('database', database.value.stop)
  const prepared = await prepareDatabase(options, secrets.value, database.value.port, clock)
  if (!prepared.ok) return prepared
  await libraries
  return ok(await openServices(context, gateway.value, secrets.value, database.value, await livekit))
}

/** Starts every part. Needs the owner's lock; on a failure nothing is left running. */
export async function startOwner(
  folder: DataFolder,
  options: ResolvedOptions,
  clock: StartUpClock,
): Promise<Result<Owner, BackendFailure>> {
  const scope = createScope((name, error) =>
    options.log.error(`${name} did not end cleanly: ${error instanceof Error ? error.name : 'unknown'}`),
  )
  let started: Result<Opened, BackendFailure>
  try {
    started = await startAll({ folder, options, clock, scope })
  } catch (error) {
    await scope.end()
    throw error
  }
  if (!started.ok) {
    await scope.end()
    return started
  }
  options.log.info(clock.summary())
  return ok({ ...started.value, stop: scope.end })
}
