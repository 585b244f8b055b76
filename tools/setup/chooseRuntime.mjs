import { join } from 'node:path'
import process from 'node:process'
import { ensureChromium } from './ensureChromium.mjs'
import { projectFolder } from './ensureDependencies.mjs'
import { ensureElectron } from './ensureElectron.mjs'

/** What people miss on the Chromium runtime. */
const missingOnChromium =
  'there is no tray icon, no global shortcut and no system encryption of the saved session'

/**
 * Electron's own runtime where it is there or can be downloaded, and an installed Chromium elsewhere.
 * `STUDYHALL_RUNTIME=electron` or `chromium` decides instead.
 *
 * @param {string} nodePath
 * @param {(line: string) => void} say
 * @returns {Promise<{ kind: 'electron' | 'chromium', command: string, args: string[], env: Record<string, string>, words: string }>}
 */
export async function chooseRuntime(nodePath, say) {
  const wanted = process.env.STUDYHALL_RUNTIME ?? ''
  if (!['', 'electron', 'chromium'].includes(wanted)) {
    throw new Error(`STUDYHALL_RUNTIME is "${wanted}"; it can be electron or chromium.`)
  }
  if (wanted === 'chromium') return chromiumRuntime(nodePath, say, 'as STUDYHALL_RUNTIME says')
  // Electron needs a display; Chromium can do without.
  if (wanted === '' && !hasDisplay())
    return chromiumRuntime(nodePath, say, 'without a window, because there is no display')
  const electron = await ensureElectron(nodePath, say, wanted === 'electron')
  if (electron !== null) {
    // Chromium's sandbox refuses to work for root on Linux.
    const args = process.getuid?.() === 0 && process.platform === 'linux' ? ['--no-sandbox'] : []
    return { kind: 'electron', command: electron, args: [projectFolder, ...args], env: {}, words: 'Electron' }
  }
  if (wanted === 'electron') throw new Error("Electron's runtime could not be downloaded from github.com.")
  return chromiumRuntime(nodePath, say, "because Electron's runtime could not be downloaded")
}

/** Whether a window could be shown. */
export function hasDisplay() {
  if (process.platform !== 'linux') return true
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

async function chromiumRuntime(nodePath, say, reason) {
  const chromium = await ensureChromium(say)
  return {
    kind: 'chromium',
    command: nodePath,
    args: [join(projectFolder, 'tools', 'chromium-runtime', 'run.ts'), projectFolder],
    env: { STUDYHALL_CHROMIUM: chromium },
    words: `${chromium}, ${reason}; ${missingOnChromium}`,
  }
}
