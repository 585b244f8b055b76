import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { projectFolder } from './ensureDependencies.mjs'
import { withLock } from './withLock.mjs'

/** What the build reads; changed means another size or time of any file below. */
const inputs = [
  'src',
  'supabase/functions',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig',
]
const stampFile = join(projectFolder, 'out', '.stamp')

/**
 * Builds the app when its sources have changed since the last time. Throws an Error with the builder's output when it does
 * not build.
 *
 * @param {string} nodePath
 * @param {(line: string) => void} say
 * @returns {Promise<{ built: boolean, tookMs: number }>}
 */
export async function ensureBuild(nodePath, say) {
  const startedMs = performance.now()
  const took = () => Math.round(performance.now() - startedMs)
  if (isCurrent(stampOfSources())) return { built: false, tookMs: took() }
  return withLock('build', async () => {
    const stamp = stampOfSources()
    if (isCurrent(stamp)) return { built: false, tookMs: took() }
    say('Building …')
    rmSync(stampFile, { force: true })
    await build(nodePath)
    mkdirSync(join(projectFolder, 'out'), { recursive: true })
    writeFileSync(stampFile, stamp)
    return { built: true, tookMs: took() }
  })
}

function isCurrent(stamp) {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp
}

function stampOfSources() {
  const hash = createHash('sha256')
  const add = (path) => {
    const file = join(projectFolder, path)
    const stat = statSync(file, { throwIfNoEntry: false })
    if (stat === undefined) return
    if (!stat.isDirectory()) {
      if (!/\.test\.tsx?$/.test(path)) hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`)
      return
    }
    for (const name of readdirSync(file).sort()) add(`${path}/${name}`)
  }
  for (const input of inputs) add(input)
  return hash.digest('hex')
}

function build(nodePath) {
  return new Promise((resolve, reject) => {
    const script = join(projectFolder, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
    const child = spawn(nodePath, [script, 'build', '--logLevel', 'warn'], {
      cwd: projectFolder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production' },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`The app does not build:\n${output.trim().slice(-6000)}`))
    })
  })
}
