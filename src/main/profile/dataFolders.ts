import { accessSync, constants, mkdirSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { err, ok, type Result } from '../../shared/result.ts'

/** Where everything is kept. The backend is shared by all profiles of the machine; the rest is per profile. */
export interface DataFolders {
  readonly data: string
  readonly profile: string
  readonly logs: string
}

export interface DataFolderFailure {
  readonly kind: 'data_folder_not_writable'
  readonly message: string
}

/** Makes the folders of a profile, readable only by their owner, and makes sure that they can be written. */
export function openDataFolders(options: {
  /** `STUDYHALL_DATA_DIR`; relative ones count from the working directory. */
  readonly override: string | undefined
  /** Electron's `userData`, used without an override. */
  readonly userData: string
  readonly profile: string
}): Result<DataFolders, DataFolderFailure> {
  const wanted =
    options.override === undefined || options.override === '' ? options.userData : options.override
  const data = isAbsolute(wanted) ? wanted : resolve(wanted)
  const profile = join(data, 'profiles', options.profile)
  const logs = join(profile, 'logs')
  try {
    mkdirSync(logs, { recursive: true, mode: 0o700 })
    accessSync(data, constants.W_OK)
    accessSync(profile, constants.W_OK)
    accessSync(logs, constants.W_OK)
    return ok({ data, profile, logs })
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    return err({
      kind: 'data_folder_not_writable',
      message:
        `Studyhall cannot write to its data folder ${data}${reason}. ` +
        'Make it writable, or name another one in STUDYHALL_DATA_DIR.',
    })
  }
}
