import { mkdirSync, readFileSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { app } from 'electron'
import { linkScheme } from '../../shared/links/parseLink.ts'
import { writeFileAtomically } from '../files/writeFileAtomically.ts'
import type { MainLog } from '../log/mainLog.ts'
import { findAppImage } from '../startup/findAppImage.ts'
import { planLinkEntry } from './planLinkEntry.ts'

/**
 * Has the system hand `studyhall://` links to this app. An AppImage needs an entry of its own for that, which is written again when the
 * image has been moved. What cannot be written is logged, and tried at the next start.
 */
export function claimLinks(log: MainLog): void {
  const plan = planLinkEntry(findAppImage(process.env, app.getPath('exe'), realpathSync))
  if (plan !== null) {
    try {
      const folder = join(dataHome(), 'applications')
      mkdirSync(folder, { recursive: true })
      writeIfChanged(join(folder, plan.fileName), plan.content)
    } catch (error) {
      log.warn(`links: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  app.setAsDefaultProtocolClient(linkScheme)
}

/** XDG Base Directory Specification: a relative path is as good as none. */
function dataHome(): string {
  const named = process.env.XDG_DATA_HOME ?? ''
  return isAbsolute(named) ? named : join(homedir(), '.local', 'share')
}

/** Desktops read all entries anew when one is written. */
function writeIfChanged(file: string, content: string): void {
  if (readOrNull(file) !== content) writeFileAtomically(file, content)
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
