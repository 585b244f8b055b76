import { accessSync, constants } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { canInstallPackages, distribution, installPackages } from './debianPackages.mjs'

/**
 * The path of an installed Chromium, Chrome or Edge. On Debian and Ubuntu as root it is installed when there is none, after
 * saying so. Throws an Error that names the one command otherwise.
 *
 * @param {(line: string) => void} [say] Told what is being done.
 * @returns {Promise<string>}
 */
export async function ensureChromium(say = (line) => console.log(line)) {
  const found = findChromium()
  if (found !== null) return found
  if (canInstallPackages()) {
    say('No Chromium was found. Installing it with apt-get, with fonts for all scripts (root on Debian) …')
    await installPackages(['chromium', 'fonts-noto-core', 'fonts-noto-color-emoji'])
    const installed = findChromium()
    if (installed !== null) return installed
  }
  throw new Error(
    `No Chromium, Chrome or Edge was found. Install one with:\n\n  ${installCommand()}\n\nor name one in STUDYHALL_CHROMIUM.`,
  )
}

/** The path of an installed Chromium, or null. `STUDYHALL_CHROMIUM` decides when it is set. */
export function findChromium() {
  const override = process.env.STUDYHALL_CHROMIUM
  if (override !== undefined && override !== '') {
    if (isExecutable(override)) return override
    throw new Error(`STUDYHALL_CHROMIUM names ${override}, which is not a program that can be run.`)
  }
  return candidates().find((candidate) => isExecutable(candidate)) ?? null
}

function candidates() {
  const { platform, env } = process
  if (platform === 'darwin') {
    const apps = [
      'Chromium.app/Contents/MacOS/Chromium',
      'Google Chrome.app/Contents/MacOS/Google Chrome',
      'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ]
    return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
      apps.map((app) => join(folder, app)),
    )
  }
  if (platform === 'win32') {
    const folders = [env.LOCALAPPDATA, env.PROGRAMFILES, env['PROGRAMFILES(X86)']].filter(
      (folder) => folder !== undefined,
    )
    const programs = [
      'Chromium/Application/chrome.exe',
      'Google/Chrome/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
    ]
    return programs.flatMap((program) => folders.map((folder) => join(folder, program)))
  }
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
    'microsoft-edge-stable',
    'microsoft-edge',
  ]
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  return names.flatMap((name) =>
    [...new Set([...folders, '/usr/bin', '/snap/bin'])].map((folder) => join(folder, name)),
  )
}

function isExecutable(file) {
  try {
    accessSync(file, process.platform === 'win32' ? constants.F_OK : constants.X_OK)
    return true
  } catch {
    return false
  }
}

function installCommand() {
  if (process.platform === 'darwin') return 'brew install --cask chromium'
  if (process.platform === 'win32') return 'winget install Hibbiki.Chromium'
  const system = distribution()
  if (/^ID(_LIKE)?=.*(fedora|rhel)/m.test(system)) return 'sudo dnf install chromium'
  if (/^ID(_LIKE)?=.*arch/m.test(system)) return 'sudo pacman -S chromium'
  if (/^ID=ubuntu/m.test(system)) return 'sudo snap install chromium'
  return 'sudo apt-get install -y chromium fonts-noto-core fonts-noto-color-emoji'
}
