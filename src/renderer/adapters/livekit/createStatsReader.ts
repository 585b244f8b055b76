import type { Room } from 'livekit-client'
import type { ConnectionReading } from '../../core/ports/statistics.ts'
import { parseStatsReport } from '../../core/statistics/parseStatsReport.ts'
import { shareReading } from '../../core/statistics/shareReading.ts'

/**
 * Reads the one connection that carries everybody (a server before single peer connections has a second one for what we send,
 * which is not read). `ownerOf` says whose a track is by its id. Null when it cannot be read (any more).
 */
export function createStatsReader(
  room: Room,
  name: {
    readonly id: string
    readonly ownerOf: (trackId: string) => string | null
    readonly isScreen: (trackId: string) => boolean
  },
): () => Promise<ConnectionReading | null> {
  return shareReading(
    async () => {
      // LiveKit tells figures of single tracks only; those of the way that they take are its connection's.
      const connections = room.engine?.pcManager
      const connection = connections?.subscriber ?? connections?.publisher
      const report = await connection?.getStats()?.catch(() => null)
      if (!report) return null
      return parseStatsReport(report, {
        id: name.id,
        topology: 'sfu',
        ownerOf: ({ trackId }) => (trackId === null ? null : name.ownerOf(trackId)),
        isScreen: ({ trackId }) => trackId !== null && name.isScreen(trackId),
      })
    },
    () => performance.now(),
  )
}
