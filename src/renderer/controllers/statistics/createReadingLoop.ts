import type { Clock } from '../../core/ports/clock.ts'
import type { ConnectionReading, StatisticsPort } from '../../core/ports/statistics.ts'

/** All connections are read together, this often. */
const READING_INTERVAL_MS = 2_000

/** Hears every round of readings, and when it was taken. */
export type ReadingListener = (readings: readonly ConnectionReading[]) => void

/** Reads all connections over and over while anybody listens: once for all of them. The answer ends listening. */
export function createReadingLoop(deps: {
  readonly statistics: Pick<StatisticsPort, 'read'>
  readonly clock: Clock
}): (listener: ReadingListener) => () => void {
  const { statistics, clock } = deps
  const listeners = new Set<ReadingListener>()
  /** Which run of the loop is under way: a reading that comes back to an earlier one is dropped. */
  let run = 0
  let cancel: () => void = () => undefined

  async function read(current: number): Promise<void> {
    const readings = await statistics.read()
    if (current !== run) return
    for (const listener of listeners) listener(readings)
    if (current === run) cancel = clock.schedule(READING_INTERVAL_MS, () => void read(current))
  }

  return (listener) => {
    listeners.add(listener)
    if (listeners.size === 1) void read(++run)
    return () => {
      if (!listeners.delete(listener) || listeners.size > 0) return
      run += 1
      cancel()
    }
  }
}
