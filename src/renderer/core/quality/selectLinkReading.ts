import type { ConnectionReading } from '../ports/statistics.ts'
import type { LinkReading } from './qualityInput.ts'

/** From the most telling to the least. */
const LIMITATIONS = ['cpu', 'bandwidth', 'other', 'none'] as const

/**
 * What a connection's reading says of its quality, compared with the one before. Counters of a connection that was not read before, or
 * under another name, say nothing yet.
 */
export function selectLinkReading(
  reading: ConnectionReading,
  before: ConnectionReading | undefined,
): LinkReading {
  const last = before?.id === reading.id && before.atMs < reading.atMs ? before : undefined
  const video = reading.outbound.filter(({ kind }) => kind === 'video')
  // Speech is few packets: where pictures go, they tell more of what is lost.
  const losses = (kind: 'audio' | 'video'): readonly number[] =>
    reading.outbound.flatMap((stream) => (stream.kind === kind ? (stream.lossRatio ?? []) : []))
  const known = losses('video').length > 0 ? losses('video') : losses('audio')
  const jitters = reading.inbound.flatMap(({ jitterMs }) => jitterMs ?? [])
  // A screen gives up frames for its letters all the time: that says nothing of the path.
  const limitations = new Set(video.filter(({ isScreen }) => !isScreen).map(({ limitation }) => limitation))
  return {
    roundTripMs: reading.rttMs,
    sentLossRatio: known.length === 0 ? null : Math.max(...known),
    receivedLossRatio: last === undefined ? null : selectReceivedLoss(last, reading),
    jitterMs: jitters.length === 0 ? null : Math.max(...jitters),
    availableOutgoingBps: reading.availableOutgoingBps,
    sentBps:
      last === undefined
        ? null
        : selectGrowth(last.bytesSent, reading.bytesSent) * selectBitRate(last, reading),
    limitation: LIMITATIONS.find((limitation) => limitations.has(limitation)) ?? null,
    framesDecoded: last === undefined ? null : selectInboundGrowth(last, reading, 'framesDecoded'),
    framesDropped: last === undefined ? null : selectInboundGrowth(last, reading, 'framesDropped'),
  }
}

/** Bits a second of one byte between two readings. */
function selectBitRate(before: ConnectionReading, after: ConnectionReading): number {
  return 8_000 / (after.atMs - before.atMs)
}

function selectGrowth(before: number, after: number): number {
  return Math.max(0, after - before)
}

/** Of everything that came, together: what a path loses it loses of all streams. */
function selectReceivedLoss(before: ConnectionReading, after: ConnectionReading): number | null {
  const sum = (counter: 'packets' | 'packetsLost'): number => selectInboundGrowth(before, after, counter)
  const lost = sum('packetsLost')
  const all = sum('packets') + lost
  return all === 0 ? null : lost / all
}

function selectInboundGrowth(
  before: ConnectionReading,
  after: ConnectionReading,
  counter: 'framesDecoded' | 'framesDropped' | 'packets' | 'packetsLost',
): number {
  return after.inbound.reduce((sum, stream) => {
    const earlier = before.inbound.find(({ id }) => id === stream.id)
    return sum + (earlier === undefined ? 0 : selectGrowth(earlier[counter], stream[counter]))
  }, 0)
}
