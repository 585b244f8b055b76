import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { writeFileAtomically } from '../files/writeFileAtomically.ts'
import type { MainLog } from '../log/mainLog.ts'

/** Whether macOS has ever asked the person for the screen: it tells an app only that it may not, and not why. */
export interface AskedMemory {
  readonly wasAsked: () => boolean
  readonly remember: () => void
}

/** A file in the profile's folder. Where it cannot be written, the next run takes its question for the first one again. */
export function openAskedMemory(folder: string, log: MainLog): AskedMemory {
  const file = join(folder, 'screen-asked')
  return {
    wasAsked: () => existsSync(file),
    remember() {
      try {
        writeFileAtomically(file, '')
      } catch (error) {
        log.warn(`screen share: ${error instanceof Error ? error.message : String(error)}`)
      }
    },
  }
}
