import type { Topology } from '../../../shared/domain/room.ts'
import type { ConnectionReading, ConnectionRegistry, StatisticsPort } from '../../core/ports/statistics.ts'

/** Where whatever carries media tells of its connections, and whoever measures reads them. */
export interface ConnectionBoard extends ConnectionRegistry, StatisticsPort {}

/** A board without connections. */
export function createConnectionBoard(): ConnectionBoard {
  const readers = new Set<() => Promise<ConnectionReading | null>>()
  const counts: Record<Topology, { attempts: number; successes: number }> = {
    mesh: { attempts: 0, successes: 0 },
    sfu: { attempts: 0, successes: 0 },
  }
  return {
    open(topology, read) {
      let isSettled = false
      readers.add(read)
      return {
        settle(outcome) {
          if (isSettled) return
          isSettled = true
          counts[topology].attempts += 1
          if (outcome === 'connected') counts[topology].successes += 1
        },
        close() {
          isSettled = true
          readers.delete(read)
        },
      }
    },
    async read() {
      const readings = await Promise.all([...readers].map((read) => read()))
      return readings.filter((reading) => reading !== null)
    },
    counts: () => ({ mesh: { ...counts.mesh }, sfu: { ...counts.sfu } }),
  }
}
