import { readdir, readFile } from 'node:fs/promises'

/** What some processes have used so far, or use now. */
export interface ProcessUsage {
  /** CPU time since their start, in milliseconds, in user and kernel mode. */
  readonly cpuMs: number
  /** Proportional memory (shared pages counted in parts), in megabytes. */
  readonly memoryMb: number
}

/** Which programs to count. */
export type Program = 'browser' | 'other'

const CLOCK_TICKS_PER_SECOND = 100

/** Linux only: reads `/proc` for the processes and all that descend from them, split into the browser's and the rest. */
export async function readProcessUsage(
  rootPids: readonly number[],
): Promise<Readonly<Record<Program, ProcessUsage>>> {
  const processes = await readProcesses()
  const wanted = new Set(rootPids)
  // Children come after their parents often, but not always: repeat until nobody is found any more.
  for (let found = true; found;) {
    found = false
    for (const { pid, parentPid } of processes) {
      if (!wanted.has(pid) && wanted.has(parentPid)) found = Boolean(wanted.add(pid))
    }
  }
  const usage = { browser: { cpuMs: 0, memoryMb: 0 }, other: { cpuMs: 0, memoryMb: 0 } }
  for (const { pid, cpuMs, name } of processes.filter((candidate) => wanted.has(candidate.pid))) {
    const program = /chrom/i.test(name) ? 'browser' : 'other'
    usage[program].cpuMs += cpuMs
    usage[program].memoryMb += await readProportionalMb(pid)
  }
  return usage
}

/** CPU time of one process since its start, without those that descend from it; in milliseconds, 0 where there is none. */
export async function readOwnCpuMs(pid: number): Promise<number> {
  return (await readProcesses()).find((candidate) => candidate.pid === pid)?.cpuMs ?? 0
}

interface ProcessEntry {
  readonly pid: number
  readonly parentPid: number
  readonly name: string
  readonly cpuMs: number
}

/** See proc(5): the name stands in parentheses; state, ppid, …, utime (14) and stime (15) follow. */
async function readProcesses(): Promise<readonly ProcessEntry[]> {
  const entries: ProcessEntry[] = []
  for (const folder of await readdir('/proc')) {
    if (!/^\d+$/.test(folder)) continue
    const stat = await readFile(`/proc/${folder}/stat`, 'utf8').catch(() => '')
    const end = stat.lastIndexOf(')')
    if (end < 0) continue
    const fields = stat.slice(end + 2).split(' ')
    const ticks = Number(fields[11]) + Number(fields[12])
    entries.push({
      pid: Number(folder),
      parentPid: Number(fields[1]),
      name: stat.slice(stat.indexOf('(') + 1, end),
      cpuMs: (ticks * 1_000) / CLOCK_TICKS_PER_SECOND,
    })
  }
  return entries
}

/** Zero for a process that has ended meanwhile. */
export async function readProportionalMb(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1_000
}
