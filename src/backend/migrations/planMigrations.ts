import type { Migration } from './readMigrations.ts'

/** A row of `supabase_migrations.schema_migrations`. */
export type AppliedMigration = {
  readonly version: string
  readonly statements: readonly string[] | null
}

export type MigrationPlan =
  | {
      readonly kind: 'apply'
      readonly pending: readonly Migration[]
      /** Applied once, but the file reads differently now. */
      readonly changed: readonly Migration[]
    }
  /** The database has versions that this app does not know. */
  | { readonly kind: 'database-newer'; readonly unknownVersions: readonly string[] }

/** The Supabase CLI records statement by statement, we record whole files: compared without spaces and semicolons. */
const essence = (sql: string): string => sql.replaceAll(/[\s;]+/g, '')

/** Decides what is to be applied. */
export function planMigrations(
  migrations: readonly Migration[],
  applied: readonly AppliedMigration[],
): MigrationPlan {
  const known = new Set(migrations.map((migration) => migration.version))
  const unknownVersions = applied.map((row) => row.version).filter((version) => !known.has(version))
  if (unknownVersions.length > 0) return { kind: 'database-newer', unknownVersions }
  const byVersion = new Map(applied.map((row) => [row.version, row]))
  return {
    kind: 'apply',
    pending: migrations.filter((migration) => !byVersion.has(migration.version)),
    changed: migrations.filter((migration) => {
      const statements = byVersion.get(migration.version)?.statements
      return statements != null && essence(statements.join(';')) !== essence(migration.sql)
    }),
  }
}
