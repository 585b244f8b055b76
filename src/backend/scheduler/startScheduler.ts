import type { Sql } from 'postgres'
import type { Log } from '../log/log.ts'

/** A function of the schema that has to be called again and again. */
export type ScheduledTask = { readonly functionName: string; readonly everyMs: number }

/** What the schema expects of its scheduler, whoever that is. */
export const scheduledTasks: readonly ScheduledTask[] = [
  { functionName: 'private.refresh_lobby_activity', everyMs: 10_000 },
  { functionName: 'private.drop_unseen_participants', everyMs: 10_000 },
  { functionName: 'private.close_empty_rooms', everyMs: 30_000 },
  { functionName: 'private.prune', everyMs: 60_000 },
]

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

async function existingTasks(sql: Sql): Promise<readonly ScheduledTask[]> {
  const [row] = await sql<{ hasCron: boolean; names: string[] }[]>`
    select
      exists (select from pg_extension where extname = 'pg_cron') as "hasCron",
      array(
        select name from unnest(${scheduledTasks.map((task) => task.functionName)}::text[]) as name
        where to_regprocedure(name || '()') is not null
      ) as names`
  if (row === undefined || row.hasCron) return []
  return scheduledTasks.filter((task) => row.names.includes(task.functionName))
}

/**
 * Stands in for pg_cron: calls the functions that exist. Does nothing where pg_cron does it.
 * @param sql a connection of the schema's owner
 */
export async function startScheduler(sql: Sql, log: Log): Promise<Scheduler> {
  const tasks = await existingTasks(sql)
  const timers = tasks.map(({ functionName, everyMs }) =>
    runEvery(everyMs, async () => {
      try {
        // The names are the constants above.
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
