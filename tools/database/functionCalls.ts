import { setTimeout } from 'node:timers/promises'
import type { Sql } from 'postgres'

/**
 * Has PostgreSQL count calls of functions, in sessions that begin from now on. What ends in an error is not counted.
 *
 * @param sql of a superuser
 */
export async function countFunctionCalls(sql: Sql): Promise<void> {
  await sql`alter system set track_functions = 'all'`
  await sql`select pg_reload_conf()`
}

/**
 * The functions of the API, each with how often it has come to an answer.
 *
 * @param applicationName of the sessions that called them; they count once they have ended
 */
export async function readFunctionCalls(
  sql: Sql,
  applicationName: string,
): Promise<ReadonlyMap<string, number>> {
  const countSessions = async (): Promise<number> => {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int as count from pg_stat_activity where application_name = ${applicationName}`
    return row?.count ?? 0
  }
  while ((await countSessions()) > 0) await setTimeout(20)
  const rows = await sql<{ name: string; calls: number }[]>`
    select p.proname as name, coalesce(sum(pg_stat_get_function_calls(p.oid)), 0)::int as calls
    from pg_proc p
    where p.pronamespace = 'public'::regnamespace
      and (has_function_privilege('authenticated', p.oid, 'execute') or has_function_privilege('service_role', p.oid, 'execute'))
    group by p.proname
    order by p.proname`
  return new Map(rows.map(({ name, calls }) => [name, calls]))
}

/** Functions that have never come to an answer: nothing of what they do was tested. Empty where all is well. */
export function findUncalledFunctions(calls: ReadonlyMap<string, number>): readonly string[] {
  return [...calls]
    .filter(([, count]) => count === 0)
    .map(([name]) => `${name}: no test has had an answer of it`)
}
