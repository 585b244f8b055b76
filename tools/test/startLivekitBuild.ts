import { spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import process from 'node:process'

/**
 * Builds the LiveKit server that the tests use, as `npm run livekit` does, with what processor time others leave. Settles
 * when there is one, with null, or with a sentence why there is none; never rejects. Builds nothing where
 * `STUDYHALL_LIVEKIT_SERVER` says which is to be used.
 */
export async function startLivekitBuild(
  environment: Readonly<Record<string, string | undefined>>,
  command: readonly string[] = [process.execPath, 'tools/livekit/buildLivekit.ts'],
): Promise<string | null> {
  if ((environment['STUDYHALL_LIVEKIT_SERVER']?.trim() ?? '') !== '') return null
  const [program = '', ...args] = command
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: environment })
  let output = ''
  const collect = (chunk: Buffer): void => void (output += chunk.toString())
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  const stop = (): void => void child.kill()
  process.once('exit', stop)
  try {
    // The compiler inherits it.
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW)
  } catch {
    // It ends by itself or runs like the others: no reason not to wait for it.
  }
  const isThere = await new Promise<boolean>((resolve) => {
    child.once('error', (error) => {
      output += `${error.message}\n`
      resolve(false)
    })
    child.once('close', (code) => resolve(code === 0))
  })
  process.off('exit', stop)
  return isThere ? null : output.trim()
}
