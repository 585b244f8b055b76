import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { withLock } from './withLock.mjs'

/** The repository's folder. */
export const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/**
 * Installs the dependencies when there are none, or when package-lock.json has changed since. Throws an Error with words for
 * a person when that does not work.
 *
 * @param {(line: string) => void} [say] Told what is being done.
 * @returns {Promise<{ nodePath: string, installed: boolean }>} `nodePath` is the project's own Node.
 */
export async function ensureDependencies(say = (line) => console.log(line)) {
  let installed = false
  if (!areInstalled()) {
    await withLock('dependencies', async () => {
      if (areInstalled()) return
      await install(say)
      installed = true
    })
  }
  return { nodePath: projectNode(), installed }
}

/** The Node that the project brings along; throws when the installation is not whole. */
function projectNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const candidates = [
    join(projectFolder, 'node_modules', 'node', 'bin', name),
    join(projectFolder, 'node_modules', '.bin', name),
  ]
  const found = candidates.find((candidate) => existsSync(candidate))
  if (found === undefined) {
    throw new Error(
      'The installation in node_modules is not whole: Node is missing. Delete node_modules and try again.',
    )
  }
  return found
}

/**
 * Whether what is in node_modules is what package-lock.json asks for, by npm's own record of what it has installed. What a
 * platform leaves out (optional packages for others) may be missing.
 */
function areInstalled() {
  const installed = readPackages(join(projectFolder, 'node_modules', '.package-lock.json'))
  const wanted = readPackages(join(projectFolder, 'package-lock.json'))
  if (installed === null || wanted === null) return false
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    if (path === '' || link) return true
    const there = installed[path]
    return there === undefined ? optional === true : there.version === version
  })
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return null
  }
}

async function install(say) {
  const first = !existsSync(join(projectFolder, 'node_modules'))
  say(
    first
      ? 'Installing dependencies with npm ci (the first time only, a minute or two) …'
      : 'Dependencies have changed: installing them with npm ci …',
  )
  const startedMs = Date.now()
  const seconds = () => Math.round((Date.now() - startedMs) / 1000)
  const ticking = setInterval(() => say(`  still installing, ${seconds()} s`), 15_000)
  try {
    await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  } finally {
    clearInterval(ticking)
  }
  say(`  installed in ${seconds()} s`)
}

/** Runs npm quietly; its output is shown only when it fails. */
function runNpm(args) {
  return new Promise((resolve, reject) => {
    // Under `npm start` the npm that runs is named; otherwise the one on the path, which on Windows is a script.
    const npmScript = process.env.npm_execpath
    const useScript = npmScript !== undefined && /npm-cli\.c?js$/.test(npmScript)
    const child = useScript
      ? spawn(process.execPath, [npmScript, ...args], {
          cwd: projectFolder,
          stdio: ['ignore', 'pipe', 'pipe'],
        })
      : spawn('npm', args, {
          cwd: projectFolder,
          stdio: ['ignore', 'pipe', 'pipe'],
          shell: process.platform === 'win32',
        })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => reject(new Error(`npm could not be run: ${error.message}`)))
    child.on('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`npm ${args[0]} failed (code ${code}):\n${output.trim().slice(-4000)}`))
    })
  })
}
