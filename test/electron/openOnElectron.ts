import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, type ElectronApplication, type Page, test } from '@playwright/test'
import { findElectron } from '../../tools/setup/ensureElectron.mjs'

const projectFolder = resolve(import.meta.dirname, '..', '..')
const PROFILE = 'electron'
// Chromium's sandbox refuses to work for root on Linux.
const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** The built app on Electron's own runtime, with a data folder of its own. */
export interface ElectronStudyhall extends AsyncDisposable {
  readonly app: ElectronApplication
  readonly page: Page
  /** Starts the app once more, as the system does when a link is followed; the exit code of the second one. */
  startAgain(args: readonly string[]): Promise<number | null>
}

/** Skips the whole file where Electron's runtime is not. */
export function skipWithoutElectron(): void {
  test.skip(findElectron() === null, 'Electron’s runtime is not here')
}

export async function openOnElectron(args: readonly string[] = []): Promise<ElectronStudyhall> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'studyhall-electron-'))
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !entry[0].startsWith('STUDYHALL_SUPABASE_'),
  )
  const env = {
    ...Object.fromEntries(inherited),
    STUDYHALL_LIVEKIT_SERVER: 'off',
    STUDYHALL_DATA_DIR: dataFolder,
  }
  const commandLine = [projectFolder, ...sandbox, '--profile', PROFILE]
  const app = await _electron.launch({ args: [...commandLine, ...args], env })
  return {
    app,
    page: await app.firstWindow(),
    startAgain(more) {
      const second = spawn(findElectron() ?? '', [...commandLine, ...more], { env, stdio: 'ignore' })
      return new Promise((ended, failed) => {
        second.once('error', failed)
        second.once('exit', ended)
      })
    },
    async [Symbol.asyncDispose]() {
      await app.close()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}
