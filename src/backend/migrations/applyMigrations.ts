import postgres, { type Sql } from 'postgres'
import type { Result } from '../../shared/result.ts'
import { ok } from '../../shared/result.ts'
import { fail, type BackendFailure } from '../backendFailure.ts'
import type { Log } from '../log/log.ts'
import { planMigrations, type AppliedMigration, type MigrationPlan } from './planMigrations.ts'
import type { Migration } from './readMigrations.ts'

/** Reads what has been applied, changing nothing. */
export async function readAppliedMigrations(sql: Sql): Promise<readonly AppliedMigration[]> {
  const [table] = await sql<{ found: boolean }[]>`
    select to_regclass('supabase_migrations.schema_migrations') is not null as found`
  if (table?.found !== true) return []
  return await sql<AppliedMigration[]>`
    select version, statements from supabase_migrations.schema_migrations order by version`
}

/** Compares the files with the database and refuses one from a newer version of the app, changing nothing. */
export async function checkMigrations(
  sql: Sql,
  migrations: readonly Migration[],
): Promise<Result<Extract<MigrationPlan, { kind: 'apply' }>, BackendFailure>> {
  const plan = planMigrations(migrations, await readAppliedMigrations(sql))
  if (plan.kind === 'apply') return ok(plan)
  return fail(
    'database-newer',
    'The database in the data folder was last used by a newer version of Studyhall (it has ' +
      `${plan.unknownVersions.join(', ')}). Update Studyhall, or choose another data folder; nothing was changed.`,
  )
}

/** SQLSTATE of a full disk, which is no fault of the migration. */
const diskFull = '53100'

async function createHistory(sql: Sql): Promise<void> {
  // The same table as the Supabase CLI's, so that "supabase db push" finds nothing left to do.
  await sql.unsafe(`
    create schema if not exists supabase_migrations;
    create table if not exists supabase_migrations.schema_migrations (version text not null primary key);
    alter table supabase_migrations.schema_migrations add column if not exists statements text[];
    alter table supabase_migrations.schema_migrations add column if not exists name text`)
}

/**
 * Applies what is pending, each file in a transaction of its own together with its record.
 * @param ownerUrl a connection URL of the schema's owner
 */
export async function applyMigrations(
  ownerUrl: string,
  plan: Extract<MigrationPlan, { kind: 'apply' }>,
  log: Log,
): Promise<Result<void, BackendFailure>> {
  for (const { version, name } of plan.changed)
    log.warn(
      `migration ${version}_${name} has changed since it was applied; the database keeps the applied one`,
    )
  if (plan.pending.length === 0) return ok(undefined)
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  try {
    await createHistory(sql)
    for (const migration of plan.pending) {
      try {
        await sql.begin(async (transaction) => {
          await transaction.unsafe(migration.sql)
          await transaction`
            insert into supabase_migrations.schema_migrations (version, name, statements)
            values (${migration.version}, ${migration.name}, ${[migration.sql]})`
        })
      } catch (error) {
        if (!(error instanceof postgres.PostgresError) || error.code === diskFull) throw error
        return fail(
          'migration-failed',
          `Migration ${migration.version}_${migration.name} could not be applied: ${error.message}` +
            `${error.position === undefined ? '' : ` (line ${lineAt(migration.sql, Number(error.position))})`}. ` +
            'What it had done was undone.',
        )
      }
    }
    log.info(`applied ${plan.pending.length} migrations, up to ${plan.pending.at(-1)?.version ?? ''}`)
    return ok(undefined)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length
}
