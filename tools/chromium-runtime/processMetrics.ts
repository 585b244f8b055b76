import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism, uptime } from 'node:os'

/** Of proc(5): the unit of CPU times, fixed at 100 a second for programs. */
const CLOCK_TICKS_PER_SECOND = 100

/** Who belongs to the app is looked for this often at most: it means reading every process of the machine. */
const SEARCH_INTERVAL_MS = 30_000

/** Of this process, in seconds since the machine started. */
const STARTED_AT_S = uptime() - process.uptime()

interface ProcessStat {
  readonly pid: number
  readonly parentPid: number
  readonly cpuSeconds: number
  /** Seconds since the machine started. */
  readonly startedAtS: number
}

interface OwnProcess {
  readonly pid: number
  readonly startedAtS: number
  readonly type: Electron.ProcessMetric['type']
}

/**
 * The app's processes as Electron counts its own: this one, Chromium with its children, and utility processes; not what those
 * start in turn. From `/proc`; on other systems than Linux this process alone.
 */
export class ProcessMetrics {
  readonly #isUtility: (pid: number) => boolean
  #own: readonly OwnProcess[] = []
  #searchedAtMs = Number.NEGATIVE_INFINITY
  #readAtMs = performance.now()
  #cpuSeconds = new Map<string, number>()

  constructor(isUtility: (pid: number) => boolean) {
    this.#isUtility = isUtility
  }

  read(): Electron.ProcessMetric[] {
    const nowMs = performance.now()
    if (nowMs - this.#searchedAtMs >= SEARCH_INTERVAL_MS) {
      this.#own = process.platform === 'linux' ? findOwn(this.#isUtility) : [thisProcess()]
      this.#searchedAtMs = nowMs
    }
    const passedS = (nowMs - this.#readAtMs) / 1_000
    const before = this.#cpuSeconds
    this.#readAtMs = nowMs
    this.#cpuSeconds = new Map()
    return this.#own.flatMap(({ pid, startedAtS, type }) => {
      const stat = process.platform === 'linux' ? readStat(pid) : statOfThis()
      // Another process may have got its number meanwhile.
      if (stat === null || stat.startedAtS !== startedAtS) return []
      const key = `${pid} ${startedAtS}`
      this.#cpuSeconds.set(key, stat.cpuSeconds)
      const usedS = stat.cpuSeconds - (before.get(key) ?? stat.cpuSeconds)
      return [toMetric(stat, type, passedS > 0 ? usedS / passedS : 0)]
    })
  }
}

function toMetric(stat: ProcessStat, type: OwnProcess['type'], coresUsed: number): Electron.ProcessMetric {
  const { pid, cpuSeconds, startedAtS } = stat
  return {
    pid,
    type,
    creationTime: Date.now() - (uptime() - startedAtS) * 1_000,
    cpu: {
      percentCPUUsage: (coresUsed * 100) / availableParallelism(),
      cumulativeCPUUsage: cpuSeconds,
      // Not known here, as on Windows.
      idleWakeupsPerSecond: 0,
    },
    // Each is read when somebody looks at it.
    memory: {
      get workingSetSize() {
        return readMemoryKb(pid, 'VmRSS')
      },
      get peakWorkingSetSize() {
        return readMemoryKb(pid, 'VmHWM')
      },
    },
  }
}

/** See proc(5): the name stands in parentheses; state, ppid, …, utime (14), stime (15), …, starttime (22) follow. */
function readStat(pid: number): ProcessStat | null {
  const text = readText(`/proc/${pid}/stat`)
  const end = text.lastIndexOf(')')
  if (end < 0) return null
  const fields = text
    .slice(end + 2)
    .split(' ')
    .map(Number)
  const [, parentPid = 0] = fields
  return {
    pid,
    parentPid,
    cpuSeconds: ((fields[11] ?? 0) + (fields[12] ?? 0)) / CLOCK_TICKS_PER_SECOND,
    startedAtS: (fields[19] ?? 0) / CLOCK_TICKS_PER_SECOND,
  }
}

function findOwn(isUtility: (pid: number) => boolean): readonly OwnProcess[] {
  const children = new Map<number, ProcessStat[]>()
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/u.test(name) ? readStat(Number(name)) : null
    if (stat === null) continue
    const siblings = children.get(stat.parentPid)
    if (siblings === undefined) children.set(stat.parentPid, [stat])
    else siblings.push(stat)
  }
  const self = readStat(process.pid)
  const below = descendantsOf(process.pid, children).flatMap(({ pid, startedAtS }) => {
    const type = isUtility(pid) ? 'Utility' : selectChromiumType(readText(`/proc/${pid}/cmdline`).split('\0'))
    return type === null ? [] : [{ pid, startedAtS, type }]
  })
  return self === null ? [] : [{ pid: self.pid, startedAtS: self.startedAtS, type: 'Browser' }, ...below]
}

function descendantsOf(
  pid: number,
  children: ReadonlyMap<number, readonly ProcessStat[]>,
): readonly ProcessStat[] {
  const found = [...(children.get(pid) ?? [])]
  // Who is appended is looked at in turn.
  for (const child of found) found.push(...(children.get(child.pid) ?? []))
  return found
}

/** What a command line of Chromium's stands for; null: it is another program's. Exported for its test. */
export function selectChromiumType(commandLine: readonly string[]): Electron.ProcessMetric['type'] | null {
  // Chromium rewrites the command lines of its children into one string.
  const words = commandLine.flatMap((part) => part.split(' '))
  const type = words.find((word) => word.startsWith('--type='))?.slice('--type='.length)
  switch (type) {
    case 'renderer':
      return 'Tab'
    case 'gpu-process':
      return 'GPU'
    case 'utility':
      return 'Utility'
    case 'zygote':
      return 'Zygote'
    case undefined:
      return words.some((word) => word.startsWith('--user-data-dir=')) ? 'Browser' : null
    default:
      return 'Unknown'
  }
}

function thisProcess(): OwnProcess {
  return { pid: process.pid, startedAtS: statOfThis().startedAtS, type: 'Browser' }
}

function statOfThis(): ProcessStat {
  const { user, system } = process.cpuUsage()
  return {
    pid: process.pid,
    parentPid: process.ppid,
    cpuSeconds: (user + system) / 1e6,
    startedAtS: STARTED_AT_S,
  }
}

function readMemoryKb(pid: number, name: 'VmRSS' | 'VmHWM'): number {
  if (process.platform !== 'linux') return Math.round(process.memoryUsage.rss() / 1_024)
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'mu').exec(readText(`/proc/${pid}/status`))?.[1] ?? 0)
}

/** Empty for a process that has ended meanwhile. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
