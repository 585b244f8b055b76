import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { isAlive, pollUntil, programName } from '../postgres/processes.ts'

const run = promisify(execFile)

const recordSchema = z.object({
  pid: z.number().int().min(2),
  /** The path it was started by. */
  program: z.string().min(1),
  /** The file named on its command line, which tells it from the LiveKit of another data folder. */
  config: z.string().min(1),
})

/** Which process a data folder's LiveKit is. */
export type LivekitRecord = z.infer<typeof recordSchema>

const goneMs = 2_000

/** Remembers the process. Synchronous, so that a kill of ours has next to no time to come in between. */
export function recordLivekit(pidFile: string, record: LivekitRecord): void {
  writeFileSync(pidFile, `${JSON.stringify(record)}\n`, { mode: 0o600 })
}

/** Reads what is remembered; `null` when there is nothing or it cannot be understood. */
export async function readLivekitRecord(pidFile: string): Promise<LivekitRecord | null> {
  try {
    const parsed = recordSchema.safeParse(JSON.parse(await readFile(pidFile, 'utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** `null` where the system does not tell (Windows, or the process is gone). */
async function commandLine(pid: number): Promise<string | null> {
  try {
    if (process.platform === 'linux')
      return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ')
    if (process.platform === 'win32') return null
    return (await run('ps', ['-o', 'args=', '-p', String(pid)])).stdout
  } catch {
    return null
  }
}

/** Whether the remembered process runs and is still that program: the system may have given its id to another. */
export async function isStillThere(record: LivekitRecord): Promise<boolean> {
  if (!isAlive(record.pid)) return false
  const name = basename((await programName(record.pid)) ?? '')
  // Linux keeps 15 characters of a name.
  if (name === '' || !basename(record.program).startsWith(name)) return false
  const line = await commandLine(record.pid)
  return line === null ? process.platform === 'win32' : line.includes(record.config)
}

/**
 * Ends the server that a killed owner left behind. At once: those in a call come back to the next one sooner, and its
 * port is free again.
 * @returns the process that was ended, or `null` when there was none
 */
export async function endOrphan(pidFile: string): Promise<number | null> {
  const record = await readLivekitRecord(pidFile)
  if (record === null) return null
  const isThere = await isStillThere(record)
  if (isThere) {
    try {
      process.kill(record.pid, 'SIGKILL')
    } catch {
      // It ended between looking and asking.
    }
    await pollUntil(() => !isAlive(record.pid), goneMs)
  }
  await rm(pidFile, { force: true })
  return isThere ? record.pid : null
}
