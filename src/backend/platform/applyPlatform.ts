import { createHash } from 'node:crypto'
import type { Sql } from 'postgres'
import type { Secrets } from '../secrets/secrets.ts'
import { apiLogin, schemaOwner } from '../postgres/roles.ts'
import {
  authFunctionsSql,
  realtimeOwnershipSql,
  rolesSql,
  schemaChangesSql,
  schemasSql,
} from './platformSql.ts'

export type PlatformParts = {
  /** The Auth API's tables, and a text that changes whenever they do. */
  readonly auth: { readonly version: string; readonly loadSql: () => Promise<string> }
  /** Realtime's schema. */
  readonly realtimeSql: string
}

function versionOf(parts: PlatformParts): string {
  const texts = [rolesSql, schemasSql, authFunctionsSql, schemaChangesSql, realtimeOwnershipSql]
  return createHash('sha256')
    .update([...texts, parts.auth.version, parts.realtimeSql].join('\0'))
    .digest('hex')
}

async function appliedVersion(sql: Sql): Promise<string | null> {
  const [table] = await sql<{ found: boolean }[]>`
    select to_regclass('studyhall_platform.applied') is not null as found`
  if (table?.found !== true) return null
  const [row] = await sql<{ version: string }[]>`select version from studyhall_platform.applied`
  return row?.version ?? null
}

/**
 * Brings the database to what migrations expect of a Supabase project. Does nothing when that has been done already.
 * @param sql a connection of the superuser
 */
export async function applyPlatform(sql: Sql, secrets: Secrets, parts: PlatformParts): Promise<void> {
  const version = versionOf(parts)
  if ((await appliedVersion(sql)) === version) return
  const authSql = await parts.auth.loadSql()
  await sql.begin(async (transaction) => {
    await transaction.unsafe(rolesSql)
    for (const [role, password] of [
      [schemaOwner, secrets.databasePassword],
      [apiLogin, secrets.apiPassword],
    ] as const) {
      // A role's name and password cannot be parameters. SECURITY: both are ours, of letters, digits, - and _.
      await transaction.unsafe(`alter role ${role} password '${password.replaceAll("'", "''")}'`)
    }
    await transaction.unsafe(schemasSql)
    await transaction.unsafe(authSql)
    await transaction.unsafe(authFunctionsSql)
    await transaction.unsafe(schemaChangesSql)
    await transaction.unsafe(parts.realtimeSql)
    await transaction.unsafe(realtimeOwnershipSql)
    await transaction.unsafe(`
      create schema if not exists studyhall_platform;
      create table if not exists studyhall_platform.applied (version text not null);
      truncate studyhall_platform.applied`)
    await transaction`insert into studyhall_platform.applied (version) values (${version})`
  })
}
