import type { Sql } from 'postgres'
import type { Log } from '../log/log.ts'

/** Keeps the media server as the database wants it. */
export type SfuSweeper = { readonly close: () => Promise<void> }

/** What came of one sweep: in milliseconds when the next is due, or null when nothing is. */
export type Sweep = () => Promise<number | null>

/** The database's word that a room has to be looked at. */
const channel = 'studyhall_sfu'
/** Also where nothing is said to be due: a word may be lost while the connection to the database is. */
const longestRestMs = 10_000
/** Between sweeps that ended at once, such as those that find the media server gone. */
const shortestRestMs = 100

/**
 * Sweeps when the database says so, when the last sweep said that something would be due, and every 10 seconds.
 * @param sql a connection of the schema's owner; ended by `close`
 */
export function startSfuSweeper(sql: Sql, sweep: Sweep, log: Log): SfuSweeper {
  const closing = new AbortController()
  let isWanted = false
  let current: Promise<void> | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  let hasWarned = false

  async function sweepOnce(): Promise<number> {
    try {
      const nextDueInMs = await sweep()
      hasWarned = false
      return Math.max(shortestRestMs, Math.min(nextDueInMs ?? longestRestMs, longestRestMs))
    } catch (error) {
      if (!hasWarned)
        log.warn(`LiveKit could not be swept: ${error instanceof Error ? error.message : 'unknown'}`)
      hasWarned = true
      return 1_000
    }
  }

  async function sweepWhileWanted(): Promise<void> {
    let restMs = longestRestMs
    while (isWanted && !closing.signal.aborted) {
      isWanted = false
      restMs = await sweepOnce()
    }
    current = null
    if (!closing.signal.aborted) timer = setTimeout(wake, restMs)
  }

  function wake(): void {
    isWanted = true
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (!closing.signal.aborted) current ??= sweepWhileWanted()
  }

  // Told again each time the connection has come back, since something may have been missed.
  sql.listen(channel, wake, wake).catch((error: unknown) => {
    log.warn(`LiveKit is swept every 10 seconds only: ${error instanceof Error ? error.name : 'unknown'}`)
    wake()
  })
  return {
    close: async () => {
      closing.abort()
      if (timer !== null) clearTimeout(timer)
      await current
      await sql.end({ timeout: 2 })
    },
  }
}
