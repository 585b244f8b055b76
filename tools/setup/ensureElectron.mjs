import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { projectFolder } from './ensureDependencies.mjs'

const packageFolder = join(projectFolder, 'node_modules', 'electron')
const failureFile = join(projectFolder, 'node_modules', '.cache', 'studyhall', 'electron-download-failed')

/** Whether the server answers is known after this; a network that blocks it often just swallows the request. */
const probeTimeoutMs = 4_000
const downloadTimeoutMs = 10 * 60_000
/** A failed download is tried again after this, or at once with STUDYHALL_RUNTIME=electron. */
const retryAfterMs = 7 * 24 * 3_600_000

/** The path of Electron's own runtime, or null when it has not been downloaded. */
export function findElectron() {
  const pathFile = join(packageFolder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(packageFolder, 'dist')
  const path = join(folder, readFileSync(pathFile, 'utf8'))
  return existsSync(path) ? path : null
}

/**
 * Electron's own runtime, downloaded when it is not there. Null when the download does not work, which is found out within
 * seconds and remembered, so that the next start does not try for long again.
 *
 * @param {string} nodePath
 * @param {(line: string) => void} say
 * @param {boolean} insist Try although it failed before.
 * @returns {Promise<string | null>}
 */
export async function ensureElectron(nodePath, say, insist) {
  const found = findElectron()
  if (found !== null) return found
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'))
  if (!insist && failedBefore(version)) return null
  if (await answers(version)) {
    say(`Downloading Electron ${version} (once, about 120 MB) …`)
    await download(nodePath)
  }
  const downloaded = findElectron()
  if (downloaded === null) rememberFailure(version)
  else rmSync(failureFile, { force: true })
  return downloaded
}

function failedBefore(version) {
  try {
    const failure = JSON.parse(readFileSync(failureFile, 'utf8'))
    return failure.version === version && Date.now() - failure.atMs < retryAfterMs
  } catch {
    return false
  }
}

function rememberFailure(version) {
  mkdirSync(dirname(failureFile), { recursive: true })
  writeFileSync(failureFile, JSON.stringify({ version, atMs: Date.now() }))
}

/** Whether the file can be had at all. With a mirror of the person's own choice the download itself decides. */
async function answers(version) {
  if (process.env.ELECTRON_MIRROR !== undefined || process.env.npm_config_electron_mirror !== undefined)
    return true
  const file = `electron-v${version}-${process.platform}-${process.arch}.zip`
  const url = `https://github.com/electron/electron/releases/download/v${version}/${file}`
  try {
    const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(probeTimeoutMs) })
    return response.ok
  } catch {
    return false
  }
}

/** Resolves when the attempt is over, however it ended. */
function download(nodePath) {
  return new Promise((resolve) => {
    const child = spawn(nodePath, [join(packageFolder, 'install.js')], {
      stdio: 'ignore',
      timeout: downloadTimeoutMs,
    })
    child.on('error', () => resolve(undefined))
    child.on('close', () => resolve(undefined))
  })
}
