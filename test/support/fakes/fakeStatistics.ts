import type {
  ConnectionCounts,
  ConnectionReading,
  StatisticsPort,
} from '../../../src/renderer/core/ports/statistics.ts'

/** Connections as a test has them. */
export interface FakeStatistics extends StatisticsPort {
  readings: readonly ConnectionReading[]
  known: ConnectionCounts
  /** How often it was read. */
  readCount: number
}

export function createFakeStatistics(): FakeStatistics {
  return {
    readings: [],
    known: { mesh: { attempts: 0, successes: 0 }, sfu: { attempts: 0, successes: 0 } },
    readCount: 0,
    read() {
      this.readCount += 1
      return Promise.resolve(this.readings)
    },
    counts() {
      return this.known
    },
  }
}
