import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { systemErrorCode } from '../backendFailure.ts'

const run = promisify(execFile)

/**
 * Whether a line of Linux's `/proc/<pid>/stat` tells of a process that ended and that nobody has waited for, as happens in
 * containers without an init program. One of several threads may end before the others, and looks like it: the process still
 * holds its ports and files then. Source: proc_pid_stat(5), fields `state` and `num_threads`.
 */
export function isZombieStat(line: string): boolean {
  // The fields follow the program's name, which is in brackets and may itself contain brackets.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  return (fields[0] === 'Z' || fields[0] === 'X') && Number(fields[17]) <= 1
}

function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false
  try {
    return isZombieStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** Whether the id belongs to a process, be it one that has ended and that nobody has waited for. */
export function isPidTaken(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemErrorCode(error) === 'EPERM'
  }
}

/** Whether a process with this id runs, whoever owns it. */
export function isAlive(pid: number): boolean {
  return isPidTaken(pid) && !isZombie(pid)
}

/** The file name of the program that a process runs, on Linux its first 15 characters; on macOS perhaps with its folder. */
export async function programName(pid: number): Promise<string | null> {
  try {
    if (process.platform === 'linux') return (await readFile(`/proc/${pid}/comm`, 'utf8')).trim()
    if (process.platform === 'win32') {
      const filter = ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']
      const { stdout } = await run('tasklist', filter, { windowsHide: true })
      return /^"([^"]+)"/.exec(stdout.trim())?.[1] ?? null
    }
    return (await run('ps', ['-o', 'comm=', '-p', String(pid)])).stdout.trim()
  } catch {
    return null
  }
}

/** Whether the process runs PostgreSQL. `false` for a process id that the system has given to another program. */
export async function isPostgres(pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false
  const name = await programName(pid)
  return name !== null && /(^|[\\/])postgres(\.exe)?$/.test(name)
}

/** Resolves to whether `condition` came true before the deadline; looks every `everyMs`. */
export async function pollUntil(
  condition: () => boolean | Promise<boolean>,
  deadlineMs: number,
  everyMs = 10,
): Promise<boolean> {
  const end = performance.now() + deadlineMs
  while (!(await condition())) {
    if (performance.now() > end) return false
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
  return true
}
