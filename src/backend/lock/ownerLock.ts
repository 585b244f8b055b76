import { DatabaseSync } from 'node:sqlite'
import type { Result } from '../../shared/result.ts'
import { ok } from '../../shared/result.ts'
import { fail, type BackendFailure } from '../backendFailure.ts'

/** Held by the one process that runs the backend of a data folder. */
export type OwnerLock = { readonly release: () => void }

/** SQLite's result code for "another connection holds the lock" (https://sqlite.org/rescode.html). */
const sqliteBusy = 5

const resultCode = (error: unknown): number | null =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : null

/**
 * Takes the lock; `null`, at once, when another process has it.
 *
 * The lock is the operating system's own on an (always empty) SQLite file: SQLite locks files on Windows, macOS and
 * Linux alike, and the system lets go the moment the process ends, however it ends. So there are no dead locks, and
 * a process id that was given to somebody else cannot be taken for the owner. Node offers no file locks itself.
 */
export function takeOwnerLock(lockFile: string): Result<OwnerLock | null, BackendFailure> {
  let database: DatabaseSync | null = null
  try {
    database = new DatabaseSync(lockFile)
    // The journal is kept in memory, because nothing is ever written.
    database.exec('pragma busy_timeout = 0; pragma journal_mode = memory; begin exclusive')
  } catch (error) {
    database?.close()
    if (resultCode(error) === sqliteBusy) return ok(null)
    if (resultCode(error) === null) throw error
    return fail(
      'data-folder-not-writable',
      `Studyhall cannot use the file ${lockFile}. If another user created it, remove it while no Studyhall runs.`,
    )
  }
  const held = database
  return ok({
    release: () => {
      if (held.isOpen) held.close()
    },
  })
}
