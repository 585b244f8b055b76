import type { ConnectionReading } from '../../core/ports/statistics.ts'
import { parseStatsReport } from '../../core/statistics/parseStatsReport.ts'
import { shareReading } from '../../core/statistics/shareReading.ts'

/** Reads the connection to one person: everything that arrives on it is theirs. Null when it cannot be read any more. */
export function createStatsReader(
  connection: RTCPeerConnection,
  name: {
    readonly id: string
    readonly connectionId: string
    readonly isScreen: (mid: string | null) => boolean
  },
): () => Promise<ConnectionReading | null> {
  return shareReading(
    async () => {
      const report = await connection.getStats().catch(() => null)
      if (report === null) return null
      return parseStatsReport(report, {
        id: name.id,
        topology: 'mesh',
        ownerOf: () => name.connectionId,
        isScreen: ({ mid }) => name.isScreen(mid),
      })
    },
    () => performance.now(),
  )
}
