import { readdir } from 'node:fs/promises'
import process from 'node:process'
import { runCommand } from './runCommand.ts'

/** Every namespace of the suite begins so, followed by the id of the process that made it. */
const PREFIX = 'studyhall-faults-'

/** A process may have several networks at a time, each with a place of the same name. */
let made = 0

/** Makes an empty network namespace with nothing but its loopback interface. @returns its full name */
export async function addNamespace(name: string): Promise<string> {
  const full = `${PREFIX}${process.pid}-${(made += 1)}-${name}`
  await runCommand('ip', ['netns', 'add', full])
  await runCommand('ip', ['-n', full, 'link', 'set', 'lo', 'up'])
  return full
}

/** Kills whatever runs in the namespace and removes it. */
export async function removeNamespace(full: string): Promise<void> {
  for (const pid of await namespaceProcesses(full)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended by itself meanwhile.
    }
  }
  await runCommand('ip', ['netns', 'delete', full]).catch(() => undefined)
}

/** Removes what runs of this suite have left behind whose process is no more. */
export async function removeLeftovers(): Promise<void> {
  const names = await readdir('/run/netns').catch(() => [])
  for (const name of names) {
    const owner = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN
    if (Number.isInteger(owner) && owner !== process.pid && !isAlive(owner)) await removeNamespace(name)
  }
}

/** The command line that runs a program inside the namespace. */
export function insideNamespace(full: string, command: readonly string[]): readonly [string, ...string[]] {
  return ['ip', 'netns', 'exec', full, ...command]
}

/** The ids of what runs in the namespace. */
export async function namespaceProcesses(full: string): Promise<readonly number[]> {
  const listed = await runCommand('ip', ['netns', 'pids', full]).catch(() => '')
  return listed
    .split('\n')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid > 1)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
