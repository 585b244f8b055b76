import type { LinkQuality } from '../call/callSnapshot.ts'
import type { LinkStats } from '../ports/peer.ts'

/** From here on a delay is felt: people begin to talk over each other (ITU-T G.114 names 150 ms one way as the limit of good). */
const FAIR_ROUND_TRIP_MS = 300
const POOR_ROUND_TRIP_MS = 600
/** Opus hides about this much; video begins to stall. */
const FAIR_LOSS_RATIO = 0.03
const POOR_LOSS_RATIO = 0.1

/**
 * How good a link is by its last reading. `unknown` without any figure. To get better again it must be better than the bound by a
 * fifth, so that it does not flicker.
 */
export function selectLinkQuality(stats: LinkStats | null, previous: LinkQuality): LinkQuality {
  if (stats === null || (stats.roundTripMs === null && stats.lossRatio === null)) return 'unknown'
  const raw = grade(stats, 1)
  return rank(raw) < rank(previous) ? grade(stats, 0.8) : raw
}

function grade(stats: LinkStats, margin: number): LinkQuality {
  const roundTripMs = stats.roundTripMs ?? 0
  const lossRatio = stats.lossRatio ?? 0
  if (roundTripMs >= POOR_ROUND_TRIP_MS * margin || lossRatio >= POOR_LOSS_RATIO * margin) return 'poor'
  if (roundTripMs >= FAIR_ROUND_TRIP_MS * margin || lossRatio >= FAIR_LOSS_RATIO * margin) return 'fair'
  return 'good'
}

function rank(quality: LinkQuality): number {
  return { unknown: 0, good: 1, fair: 2, poor: 3 }[quality]
}
