import type { Sql } from 'postgres'
import type { Log } from '../log/log.ts'

/** Tells the database whether a media server answers, and takes rooms back to a mesh where it has not for a while. */
export type SfuFlag = {
  /** Resolves when it is written, or could not be; then it is tried again until it is or another value is told. */
  readonly tell: (hasSfu: boolean) => Promise<void>
  readonly close: () => Promise<void>
}

const againMs = 1_000
/**
 * One that is gone for so long is waited for no more: rooms that a mesh carries are taken back to it. The scheduler would do that as well, but
 * after up to ten seconds. One of our own that was killed answers again sooner than this, and somebody else's is looked at once more before.
 */
const settleAfterMs = 3_000

/** @param sql as the schema's owner */
export function createSfuFlag(sql: Sql, log: Log): SfuFlag {
  let wanted = false
  let written: boolean | null = null
  let writing: Promise<void> = Promise.resolve()
  let again: ReturnType<typeof setTimeout> | null = null
  let settling: ReturnType<typeof setTimeout> | undefined
  let isClosed = false

  const settle = async (): Promise<void> => {
    if (isClosed || written !== false) return
    try {
      await sql`select private.settle_topologies()`
    } catch (error) {
      log.warn(`could not take rooms back to a mesh: ${error instanceof Error ? error.name : 'unknown'}`)
    }
  }
  const settleLater = (): void => {
    settling = setTimeout(() => {
      writing = writing.then(settle)
    }, settleAfterMs)
  }
  const write = async (): Promise<void> => {
    if (written === wanted) return
    const value = wanted
    try {
      await sql`update private.config set has_sfu = ${value} where has_sfu is distinct from ${value}`
      // Each time that one is gone is waited for by itself.
      clearTimeout(settling)
      if (!value && written === true) settleLater()
      written = value
    } catch (error) {
      // The database may be on its way back from a crash.
      log.warn(`could not note whether LiveKit answers: ${error instanceof Error ? error.name : 'unknown'}`)
      if (!isClosed) again ??= setTimeout(tryAgain, againMs)
    }
  }
  const tryAgain = (): void => {
    again = null
    writing = writing.then(write)
  }
  return {
    tell: async (hasSfu) => {
      wanted = hasSfu
      writing = writing.then(write)
      await writing
    },
    close: async () => {
      isClosed = true
      if (again !== null) clearTimeout(again)
      clearTimeout(settling)
      await writing
      await sql.end({ timeout: 2 })
    },
  }
}
