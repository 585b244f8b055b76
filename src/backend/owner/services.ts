import postgres from 'postgres'
import type { ResolvedOptions } from '../backendOptions.ts'
import { apiLogin, databaseUrl, schemaOwner, superuser } from '../postgres/roles.ts'
import { startScheduler } from '../scheduler/startScheduler.ts'
import type { Secrets } from '../secrets/secrets.ts'
import type { Scope } from './scope.ts'

/** Starts the Auth and Data APIs. */
export async function startApi(
  options: ResolvedOptions,
  secrets: Secrets,
  databasePort: number,
  scope: Scope,
) {
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

/** Starts calling what has to be called at intervals. */
export async function startTimers(
  options: ResolvedOptions,
  secrets: Secrets,
  databasePort: number,
  scope: Scope,
): Promise<void> {
  const sql = postgres(databaseUrl(schemaOwner, secrets.databasePassword, databasePort), {
    max: 2,
    onnotice: () => {},
    connection: { application_name: 'studyhall-scheduler' },
  })
  scope.add('scheduler connections', () => sql.end({ timeout: 2 }))
  const scheduler = await startScheduler(sql, options.log)
  scope.add('scheduler', scheduler.close)
}
