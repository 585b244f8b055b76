import type { Sql } from 'postgres'
import { describeError, type RealtimeLog } from '../realtimeLog.ts'
import type { RealtimeLimits } from '../realtimeLimits.ts'
import { deleteOldMessages } from './messageRows.ts'

/** Keeps realtime.messages short. */
export interface MessagePruner {
  start(): void
  stop(): void
}

/** Deletes old rows in bounded steps; a failure is tried again at the next turn. */
export function createMessagePruner(options: {
  readonly pool: Sql
  readonly limits: RealtimeLimits
  readonly log: RealtimeLog
}): MessagePruner {
  const { pool, limits, log } = options
  let timer: NodeJS.Timeout | null = null
  let running = false

  async function prune(): Promise<void> {
    if (running) return
    running = true
    try {
      for (;;) {
        const deleted = await deleteOldMessages(pool, limits.messageRetentionMs, limits.pruneBatchRows)
        if (deleted < limits.pruneBatchRows || timer === null) break
      }
    } catch (error) {
      log({ level: 'warn', message: 'Old messages could not be deleted', error: describeError(error) })
    } finally {
      running = false
    }
  }

  return {
    start() {
      timer = setInterval(() => void prune(), limits.pruneIntervalMs)
      timer.unref()
      void prune()
    },
    stop() {
      if (timer !== null) clearInterval(timer)
      timer = null
    },
  }
}
