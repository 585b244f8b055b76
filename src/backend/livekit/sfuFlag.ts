import type { Sql } from 'postgres'
import type { Log } from '../log/log.ts'

/** Tells the database whether a media server answers. */
export type SfuFlag = {
  /** Resolves when it is written, or could not be; then it is tried again until it is or another value is told. */
  readonly tell: (hasSfu: boolean) => Promise<void>
  readonly close: () => Promise<void>
}

const againMs = 1_000

/** @param sql as the schema's owner */
export function createSfuFlag(sql: Sql, log: Log): SfuFlag {
  let wanted = false
  let written: boolean | null = null
  let writing: Promise<void> = Promise.resolve()
  let again: ReturnType<typeof setTimeout> | null = null
  let isClosed = false

  const write = async (): Promise<void> => {
    if (written === wanted) return
    const value = wanted
    try {
      await sql`update private.config set has_sfu = ${value} where has_sfu is distinct from ${value}`
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
      await writing
      await sql.end({ timeout: 2 })
    },
  }
}
