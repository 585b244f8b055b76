// `npm run livekit`: builds the pinned LiveKit server once, for rooms of more than four on one's own machine.
import { execFile, spawn } from 'node:child_process'
import { access, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { findBuiltLivekit } from '../../src/backend/livekit/findLivekitBinary.ts'

const moduleFolder = import.meta.dirname
const projectRoot = fileURLToPath(new URL('../..', import.meta.url))
const serverPackage = 'github.com/livekit/livekit-server/cmd/server'
const minute = 60_000

async function hasGo(): Promise<boolean> {
  try {
    await promisify(execFile)('go', ['version'], { windowsHide: true })
    return true
  } catch {
    return false
  }
}

/** @returns whether the compiler wrote `output` */
async function compile(output: string): Promise<boolean> {
  // `readonly`: what is built is what go.mod and go.sum say, checksums included, or nothing.
  const child = spawn('go', ['build', '-mod=readonly', '-ldflags=-s -w', '-o', output, serverPackage], {
    cwd: moduleFolder,
    stdio: ['ignore', 'inherit', 'inherit'],
    windowsHide: true,
  })
  return await new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('close', (code) => resolve(code === 0))
  })
}

/** Builds unless it is there. @returns a sentence for a person, and whether there is a server now */
async function buildLivekit(): Promise<{ readonly isThere: boolean; readonly sentence: string }> {
  const built = await findBuiltLivekit(projectRoot)
  if (built === null) return { isThere: false, sentence: 'tools/livekit/go.mod names no version of LiveKit.' }
  const { version, program: binary } = built
  try {
    await access(binary)
    return { isThere: true, sentence: `LiveKit ${version} is there: ${binary}` }
  } catch {
    // Not built yet.
  }
  if (!(await hasGo())) {
    return {
      isThere: false,
      sentence:
        'LiveKit was not built: there is no Go compiler here (https://go.dev/dl). Nothing else needs it.',
    }
  }
  console.log(`Building LiveKit ${version}. The first time this takes minutes.`)
  await mkdir(join(binary, '..'), { recursive: true })
  // In place only when complete; two builds at a time do not meet.
  const unfinished = `${binary}.${process.pid}`
  const startedAtMs = performance.now()
  try {
    if (!(await compile(unfinished))) {
      return {
        isThere: false,
        sentence: 'LiveKit was not built: see above. Without a network, Go cannot load its modules.',
      }
    }
    await rename(unfinished, binary)
  } finally {
    await rm(unfinished, { force: true })
  }
  const minutes = ((performance.now() - startedAtMs) / minute).toFixed(1)
  return { isThere: true, sentence: `Built LiveKit ${version} in ${minutes} minutes: ${binary}` }
}

const { isThere, sentence } = await buildLivekit()
console.log(sentence)
process.exitCode = isThere ? 0 : 1
