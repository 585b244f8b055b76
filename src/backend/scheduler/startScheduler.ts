import type { Sql } from 'postgres'
import type { Log } from '../log/log.ts'

/** A function of the schema that has to be called again and again. */
type ScheduledTask = { readonly functionName: string; readonly everyMs: number }

export type Scheduler = { readonly close: () => Promise<void> }

type Timer = { readonly stop: () => Promise<void> }

/** Calls `run` at an interval, leaving out a turn while the last one is still at work. */
export function runEvery(everyMs: number, run: () => Promise<void>): Timer {
  let current: Promise<void> | null = null
  const timer = setInterval(() => {
    current ??= run().finally(() => {
      current = null
    })
  }, everyMs)
  return {
    stop: async () => {
      clearInterval(timer)
      await current
    },
  }
}

/** What the schema wants to be called, and how often; nothing where pg_cron calls it, or before the first migration. */
async function readTasks(sql: Sql): Promise<readonly ScheduledTask[]> {
  const [schema] = await sql<{ isOurs: boolean }[]>`
    select to_regclass('private.scheduled_tasks') is not null
      and not exists (select from pg_extension where extname = 'pg_cron') as "isOurs"`
  if (schema?.isOurs !== true) return []
  return await sql<ScheduledTask[]>`
    select function_name as "functionName", every_seconds * 1000 as "everyMs" from private.scheduled_tasks
    where to_regprocedure(function_name || '()') is not null
    order by job_name`
}

/**
 * Stands in for pg_cron: calls the functions of `private.scheduled_tasks`. Does nothing where pg_cron does it.
 * @param sql a connection of the schema's owner
 */
export async function startScheduler(sql: Sql, log: Log): Promise<Scheduler> {
  const tasks = await readTasks(sql)
  const timers = tasks.map(({ functionName, everyMs }) =>
    runEvery(everyMs, async () => {
      try {
        // SECURITY: the names are the schema's own, and its constraint lets nothing but a name through.
        await sql.unsafe(`select ${functionName}()`)
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
        log.warn(`scheduler: ${functionName} failed (${code}); it is tried again at its next turn`)
      }
    }),
  )
  return {
    close: async () => {
      await Promise.all(timers.map((timer) => timer.stop()))
    },
  }
}
