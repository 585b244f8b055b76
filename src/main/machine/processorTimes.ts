import type { CpuInfo } from 'node:os'

/** How long all processors together have been busy and idle since the machine started, in milliseconds. */
export interface ProcessorTimes {
  readonly busyMs: number
  readonly idleMs: number
}

/** Windows counts interrupts among the time of its kernel already; elsewhere they are a time of their own. */
export function sumProcessorTimes(
  processors: readonly Pick<CpuInfo, 'times'>[],
  platform: NodeJS.Platform,
): ProcessorTimes {
  let busyMs = 0
  let idleMs = 0
  for (const { times } of processors) {
    busyMs += times.user + times.nice + times.sys + (platform === 'win32' ? 0 : times.irq)
    idleMs += times.idle
  }
  return { busyMs, idleMs }
}

/** Percent of all processors that was busy in between; null when no time has passed, or counters began anew. */
export function selectLoadPercent(before: ProcessorTimes, now: ProcessorTimes): number | null {
  const busyMs = now.busyMs - before.busyMs
  const idleMs = now.idleMs - before.idleMs
  if (busyMs < 0 || idleMs < 0 || busyMs + idleMs === 0) return null
  return (busyMs / (busyMs + idleMs)) * 100
}
