import { readFile } from 'node:fs/promises'
import postgres from 'postgres'
import type { Result } from '../../shared/result.ts'
import type { ResolvedOptions } from '../backendOptions.ts'
import { fail, type BackendFailure } from '../backendFailure.ts'
import { liteVersion } from '../lite/liteVersion.ts'
import type { StartUpClock } from '../log/startUpClock.ts'
import { applyMigrations, checkMigrations } from '../migrations/applyMigrations.ts'
import { readMigrations } from '../migrations/readMigrations.ts'
import { applyPlatform } from '../platform/applyPlatform.ts'
import { databaseUrl, schemaOwner, superuser } from '../postgres/roles.ts'
import type { Secrets } from '../secrets/secrets.ts'

/** SQLSTATEs: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const invalidPassword = '28P01'
const diskFull = '53100'

/** Brings a running database up to date. A database from a newer version of the app is refused untouched. */
export async function prepareDatabase(
  options: ResolvedOptions,
  secrets: Secrets,
  port: number,
  clock: StartUpClock,
): Promise<Result<void, BackendFailure>> {
  try {
    return await prepare(options, secrets, port, clock)
  } catch (error) {
    if (!(error instanceof postgres.PostgresError)) throw error
    if (error.code === invalidPassword) {
      return fail(
        'secrets-corrupt',
        'The database in the data folder does not accept the keys beside it (secrets.json): they are those of ' +
          'another one. Put back the file that belongs to it; nothing was changed.',
      )
    }
    if (error.code === diskFull)
      return fail('disk-full', 'The disk that holds the database is full. Free some space, then start again.')
    throw error
  }
}

async function prepare(
  options: ResolvedOptions,
  secrets: Secrets,
  port: number,
  clock: StartUpClock,
): Promise<Result<void, BackendFailure>> {
  const [migrations, realtimeSql] = await Promise.all([
    readMigrations(options.migrationsDir, options.extraMigrations),
    readFile(options.realtimeSchemaFile, 'utf8'),
  ])
  const admin = postgres(databaseUrl(superuser, secrets.adminPassword, port), { max: 1, onnotice: () => {} })
  try {
    const plan = await checkMigrations(admin, migrations)
    if (!plan.ok) return plan
    await clock.measure('platform', () =>
      applyPlatform(admin, secrets, {
        auth: {
          version: liteVersion,
          loadSql: async () => (await import('../lite/createLiteApi.ts')).authSchemaSql(),
        },
        realtimeSql,
      }),
    )
    const ownerUrl = databaseUrl(schemaOwner, secrets.databasePassword, port)
    return await clock.measure('migrations', () => applyMigrations(ownerUrl, plan.value, options.log))
  } finally {
    await admin.end({ timeout: 1 })
  }
}
