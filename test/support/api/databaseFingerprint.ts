import type { Sql } from 'postgres'

/** Counts of limits, which refused requests leave, what the scheduler keeps for itself, and how the media server was found each time. */
const changingTables = new Set(['private.permits', 'private.lobby_refresh', 'private.sfu_health'])

/**
 * Asks for a text that changes whenever a row of the app's tables is made, changed or deleted, or anybody is told
 * anything over Realtime.
 */
export async function createDatabaseFingerprint(sql: Sql): Promise<() => Promise<string>> {
  const tables = await sql<{ name: string }[]>`
    select c.oid::regclass::text as name from pg_class c
    where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
    union select 'auth.users' union select 'realtime.messages'`
  const parts = tables
    .map(({ name }) => name)
    .filter((name) => !changingTables.has(name))
    .map(
      (name) =>
        `select '${name}' as name, count(*) as rows, sum(hashtextextended(t::text, 0)) as hash from ${name} t`,
    )
  const statement = `select string_agg(concat_ws(' ', name, rows, hash), E'\n' order by name) as text
    from (${parts.join(' union all ')}) as facts`
  return async () => {
    const [row] = await sql.unsafe<{ text: string }[]>(statement)
    return row?.text ?? ''
  }
}
