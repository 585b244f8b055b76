import type { BackendFailure, BackendFailureKind } from '../shared/backend/messages.ts'
import { err } from '../shared/result.ts'

export type { BackendFailure } from '../shared/backend/messages.ts'

/** Builds the error side of a Result. */
export function fail(kind: BackendFailureKind, message: string): { ok: false; error: BackendFailure } {
  return err({ kind, message })
}

/** The `code` of a system error (`EACCES`, `ENOSPC`, …), or `null` for anything else. */
export function systemErrorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null
  return typeof error.code === 'string' ? error.code : null
}

/** Translates a file system error that came up while using the data folder. Anything unexpected is thrown on. */
export function dataFolderFailure(error: unknown, folder: string): { ok: false; error: BackendFailure } {
  const code = systemErrorCode(error) ?? ''
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return fail(
        'disk-full',
        `The disk that holds ${folder} is full. Free some space there, then start Studyhall again.`,
      )
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'ENOENT':
    case 'EEXIST':
      return fail(
        'data-folder-not-writable',
        `Studyhall cannot write to its data folder ${folder} (${code}). ` +
          'Give your user write access to it, or choose another folder with STUDYHALL_DATA_DIR or --data-dir.',
      )
    default:
      throw error
  }
}
