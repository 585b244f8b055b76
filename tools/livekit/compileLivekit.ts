import { execFile, spawn } from 'node:child_process'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'

const serverPackage = 'github.com/livekit/livekit-server/cmd/server'

/** Whether there is a Go compiler here. */
export async function hasGo(): Promise<boolean> {
  try {
    await promisify(execFile)('go', ['version'], { windowsHide: true })
    return true
  } catch {
    return false
  }
}

/**
 * Builds the pinned server at `output`, which is in place only when it is complete, so that two builds at a time do not
 * meet. What the compiler says goes to our own output.
 * @param environment of the compiler, beside our own: `GOOS`, `GOARCH`, `CGO_ENABLED`
 * @returns whether it is built
 */
export async function compileLivekit(
  output: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  await mkdir(dirname(output), { recursive: true })
  const unfinished = `${output}.${process.pid}`
  try {
    if (!(await runCompiler(unfinished, environment))) return false
    await rename(unfinished, output)
    return true
  } finally {
    await rm(unfinished, { force: true })
  }
}

async function runCompiler(output: string, environment: Readonly<Record<string, string>>): Promise<boolean> {
  // `readonly`: what is built is what go.mod and go.sum say, checksums included, or nothing.
  const child = spawn('go', ['build', '-mod=readonly', '-ldflags=-s -w', '-o', output, serverPackage], {
    cwd: import.meta.dirname,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit'],
    windowsHide: true,
  })
  return await new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('close', (code) => resolve(code === 0))
  })
}
