import { randomUUID } from 'node:crypto'
import type { Result } from '../../shared/result.ts'
import { ok } from '../../shared/result.ts'
import type { BackendConnection, ResolvedOptions } from '../backendOptions.ts'
import type { BackendFailure } from '../backendFailure.ts'
import type { DataFolder } from '../folder/dataFolder.ts'
import { createGatewayApp } from '../gateway/gatewayApp.ts'
import { startGateway } from '../gateway/startGateway.ts'
import { readEndpoint, writeEndpoint, type Endpoint } from '../lock/endpointFile.ts'
import type { StartUpClock } from '../log/startUpClock.ts'
import { databaseUrl, schemaOwner } from '../postgres/roles.ts'
import type { RunningPostgres } from '../postgres/startPostgres.ts'
import { loadSecrets, type Secrets } from '../secrets/secrets.ts'
import { prepareDatabase } from './prepareDatabase.ts'
import { createScope, type Scope } from './scope.ts'
import { startApi, startTimers } from './services.ts'
import { startDatabase } from './startDatabase.ts'

/** The whole backend, run by this process. */
export type Owner = { readonly connection: BackendConnection; readonly stop: () => Promise<void> }

/** Describes a backend for those who may know everything about it. */
export function connectionOf(endpoint: Endpoint, secrets: Secrets): BackendConnection {
  return {
    url: `http://127.0.0.1:${endpoint.port}`,
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

async function serve(
  { folder, options, clock, scope }: Context,
  secrets: Secrets,
  database: RunningPostgres,
  last: Endpoint | null,
): Promise<Result<BackendConnection, BackendFailure>> {
  const [api] = await Promise.all([
    clock.measure('api', () => startApi(options, secrets, database.port, scope)),
    clock.measure('scheduler', () => startTimers(options, secrets, database.port, scope)),
  ])
  const runId = randomUUID()
  const app = createGatewayApp({
    instanceId: secrets.instanceId,
    runId,
    api: api.fetch,
    functions: null,
    realtime: null,
    log: options.log,
  })
  const gateway = await clock.measure('gateway', () =>
    startGateway({ fetch: app.fetch, upgrade: null }, portsToTry(options, last)),
  )
  if (!gateway.ok) return gateway
  scope.add('gateway', gateway.value.close)
  const endpoint: Endpoint = {
    instanceId: secrets.instanceId,
    runId,
    port: gateway.value.port,
    databasePort: database.port,
    livekitUrl: null,
  }
  await writeEndpoint(folder.endpointFile, endpoint)
  void api.warmUp()
  return ok(connectionOf(endpoint, secrets))
}

async function startAll(context: Context): Promise<Result<BackendConnection, BackendFailure>> {
  const { folder, options, clock, scope } = context
  // The library is large: it loads while PostgreSQL starts.
  const library = clock.measure('library', async () => void (await import('../lite/createLiteApi.ts')))
  const last = await readEndpoint(folder.endpointFile)
  const secrets = await clock.measure('secrets', () => loadSecrets(folder.secretsFile, last !== null))
  if (!secrets.ok) return secrets
  const database = await clock.measure('postgres', () =>
    startDatabase({ folder, options, secrets: secrets.value, preferredPort: last?.databasePort ?? null }),
  )
  if (!database.ok) return database
  scope.add('database', database.value.stop)
  const prepared = await prepareDatabase(options, secrets.value, database.value.port, clock)
  if (!prepared.ok) return prepared
  await library
  return await serve(context, secrets.value, database.value, last)
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
  let started: Result<BackendConnection, BackendFailure>
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
  return ok({ connection: started.value, stop: scope.end })
}
