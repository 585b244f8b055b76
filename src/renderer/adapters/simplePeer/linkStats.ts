import type { LinkStats } from '../../core/ports/peer.ts'

/** Counters so far, for the next reading to compare with. */
interface Counted {
  readonly received: number
  readonly lost: number
}

/** Reads a connection's statistics (W3C webrtc-stats): the path's round trip, and the loss of what arrived since last time. */
export function createStatsReader(connection: RTCPeerConnection): () => Promise<LinkStats | null> {
  let before: Counted | null = null

  return async () => {
    const report = await connection.getStats().catch(() => null)
    if (report === null) return null
    let roundTripMs: number | null = null
    let received = 0
    let lost = 0
    // The report is a map of untyped records: only what is checked below is taken from it.
    report.forEach((entry: Record<string, unknown>) => {
      if (entry.type === 'candidate-pair' && entry.nominated === true) {
        const seconds = entry.currentRoundTripTime
        if (typeof seconds === 'number') roundTripMs = seconds * 1_000
      }
      if (entry.type === 'inbound-rtp') {
        if (typeof entry.packetsReceived === 'number') received += entry.packetsReceived
        if (typeof entry.packetsLost === 'number') lost += entry.packetsLost
      }
    })
    const last = before
    before = { received, lost }
    if (last === null) return { roundTripMs, lossRatio: null }
    const newlyLost = Math.max(0, lost - last.lost)
    const expected = Math.max(0, received - last.received) + newlyLost
    return { roundTripMs, lossRatio: expected === 0 ? null : newlyLost / expected }
  }
}
