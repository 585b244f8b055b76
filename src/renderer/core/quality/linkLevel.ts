import { selectLevel, TOP_LEVEL, VIDEO_LEVELS } from './picture.ts'
import type { LinkReading, OutgoingLink } from './qualityInput.ts'
import type { QualityReason } from './qualityPlan.ts'

/** What speech is given while there is room for a picture too; more gains nothing with a headset's microphone (Opus, RFC 7587, 3.1.1). */
export const AUDIO_FULL_BPS = 32_000
/** Speech stays intelligible down to here; audio is never given less. */
export const AUDIO_FLOOR_BPS = 16_000

/**
 * A new path's estimate begins at 300 kbit/s whatever the path is, and one that carried little has hardly been tried: it needs this
 * long to be worth something.
 */
const ESTIMATE_GRACE_MS = 5_000
/** For so long after an interruption readings are still of it: what the other side reports as lost was lost then. */
const INTERRUPTION_ECHO_MS = 5_000
/** A single bad reading is no reason yet. */
const WORSE_PATIENCE_MS = 3_000
export const CLIMB_DELAY_MS = 6_000
const CLIMB_DELAY_MAX_MS = 96_000
/** Without a picture an estimate hardly grows: a clean path is tried by sending one. */
const RETRY_DELAY_MS = 10_000
/** A fall this soon after a climb means that the climb was wrong, and the next one waits twice as long. */
const CLIMB_TRIAL_MS = 15_000
/** Once a climb has held for this long, climbing is as quick as ever. */
const FORGIVE_AFTER_MS = 60_000
/** A level looks well down to this share of its bitrate. Climbing wants all of it: between the two nothing changes. */
const LEAST_SHARE = 0.6
/** Room beyond what a level takes. A browser's estimate may stop at half as much again as was sent, until more is sent. */
const SOME_ROOM = 1.3
/** So much room must be there for so many times as long. */
const SOME_ROOM_PATIENCE = 4
/** Only who sends this share of an estimate feels it. */
const PRESSING_SHARE = 0.7

/** Where a link stands on the ladder, and for how long things have been pointing elsewhere. */
export interface LinkLevel {
  readonly index: number
  /** When the path was last given markedly more to carry. */
  readonly triedSinceMs: number
  /** When the path was last cut off; null: never. */
  readonly interruptedAtMs: number | null
  readonly worseSinceMs: number | null
  readonly betterSinceMs: number | null
  readonly climbDelayMs: number
  readonly climbedAtMs: number | null
  readonly fellAtMs: number | null
  /** Why it is not higher; null at the top. */
  readonly reason: QualityReason | null
  /** What the last plan let the picture have; null: none was wanted, so that the estimate says nothing about pictures. */
  readonly allowedBps: number | null
}

/** A link that has just opened. `startBps`: what the uplink is known to carry for it; null starts at the top. */
export function openLinkLevel(nowMs: number, startBps: number | null): LinkLevel {
  const index = startBps === null ? TOP_LEVEL : selectByBandwidth(startBps, 1)
  return {
    index,
    triedSinceMs: nowMs,
    interruptedAtMs: null,
    worseSinceMs: null,
    betterSinceMs: null,
    climbDelayMs: CLIMB_DELAY_MS,
    climbedAtMs: null,
    fellAtMs: null,
    reason: index === TOP_LEVEL ? null : 'bandwidth',
    allowedBps: null,
  }
}

/**
 * Moves a link by its latest reading: down at once when the path has collapsed, after two bad readings otherwise, and as far as
 * needed; up by one level at a time, each after a while of nothing but good readings. The bounds of climbing lie well above those
 * of staying, and a climb that fails is tried again later and later, so that noise moves nothing. An interruption moves nothing either: a path that is
 * there again is as wide as it was, and a picture that was given up for it would take half a minute to come back.
 */
export function followReading(
  level: LinkLevel,
  { reading, isInterrupted }: Pick<OutgoingLink, 'reading' | 'isInterrupted'>,
  nowMs: number,
): LinkLevel {
  const unmoved = { ...level, worseSinceMs: null, betterSinceMs: null }
  // What is tried of it begins anew with it.
  if (isInterrupted) return { ...unmoved, triedSinceMs: nowMs, interruptedAtMs: nowMs }
  const isEcho = level.interruptedAtMs !== null && nowMs - level.interruptedAtMs < INTERRUPTION_ECHO_MS
  if (reading === null || isEcho) return unmoved
  const forgiven = selectHasHeld(level, nowMs)
    ? { ...level, climbDelayMs: CLIMB_DELAY_MS, fellAtMs: null }
    : level
  const limit = selectLimit(forgiven, reading, nowMs)
  if (limit.index < forgiven.index) return considerFalling(forgiven, limit, nowMs)
  const steady = { ...forgiven, worseSinceMs: null }
  const delayMs = selectClimbDelay(forgiven, reading)
  return delayMs === null ? { ...steady, betterSinceMs: null } : considerClimbing(steady, delayMs, nowMs)
}

/** Notes what the plan lets the picture have from now on; null when none is wanted. */
export function allowLevel(level: LinkLevel, allowedBps: number | null, nowMs: number): LinkLevel {
  const isMarkedlyMore = allowedBps !== null && allowedBps > (level.allowedBps ?? 0) * 1.5
  return { ...level, allowedBps, triedSinceMs: isMarkedlyMore ? nowMs : level.triedSinceMs }
}

function selectHasHeld({ climbedAtMs, fellAtMs }: LinkLevel, nowMs: number): boolean {
  if (climbedAtMs === null || fellAtMs === null) return false
  return climbedAtMs > fellAtMs && nowMs - climbedAtMs >= FORGIVE_AFTER_MS
}

interface Limit {
  readonly index: number
  readonly reason: QualityReason
  readonly isCollapse: boolean
}

/** The highest level at which a link may stay, and what sets it. */
function selectLimit(level: LinkLevel, reading: LinkReading, nowMs: number): Limit {
  const byLoss = selectByLoss(reading.sentLossRatio ?? 0)
  const byDelay = selectByDelay(reading.roundTripMs ?? 0, reading.jitterMs ?? 0)
  const byBandwidth = selectStayBandwidth(level, reading, nowMs)
  const index = Math.min(byLoss, byDelay, byBandwidth)
  const reason = index === byBandwidth ? 'bandwidth' : index === byLoss ? 'loss' : 'delay'
  return { index, reason, isCollapse: byBandwidth <= level.index - 2 && isStarving(level, reading) }
}

/** The estimate does not even carry half of what the picture is given at the moment. */
function isStarving(level: LinkLevel, { availableOutgoingBps }: LinkReading): boolean {
  const given = Math.min(selectLevel(level.index).maxBitrateBps, level.allowedBps ?? 0)
  return availableOutgoingBps !== null && availableOutgoingBps < AUDIO_FULL_BPS + (given * LEAST_SHARE) / 2
}

/**
 * An estimate means something to who sends about as much. One that is merely not high is often only untried, since nobody has sent
 * more: a level is given up for what is sent on it, not for what might be.
 */
function selectStayBandwidth(level: LinkLevel, reading: LinkReading, nowMs: number): number {
  const { availableOutgoingBps, sentBps, limitation } = reading
  const isNew = nowMs - level.triedSinceMs < ESTIMATE_GRACE_MS
  if (availableOutgoingBps === null || level.allowedBps === null || isNew) return TOP_LEVEL
  const isPressing = sentBps === null || sentBps >= availableOutgoingBps * PRESSING_SHARE
  const given = Math.min(selectLevel(level.index).maxBitrateBps, level.allowedBps)
  const isEnough = availableOutgoingBps >= AUDIO_FULL_BPS + given * LEAST_SHARE
  if (isEnough || (!isPressing && limitation !== 'bandwidth')) return TOP_LEVEL
  return selectByBandwidth(availableOutgoingBps, LEAST_SHARE)
}

/** The highest level of which this share fits, beside the sound. */
function selectByBandwidth(availableBps: number, share: number): number {
  return VIDEO_LEVELS.findLastIndex(
    ({ maxBitrateBps }) => maxBitrateBps === 0 || AUDIO_FULL_BPS + maxBitrateBps * share <= availableBps,
  )
}

/** Retransmission mends a few percent. Beyond, a smaller picture loses less, and leaves the path to the sound. */
function selectByLoss(lossRatio: number): number {
  if (lossRatio >= 0.35) return 0
  if (lossRatio >= 0.2) return 2
  if (lossRatio >= 0.1) return 4
  return lossRatio >= 0.05 ? 5 : TOP_LEVEL
}

/** A long way is no fault, but late packets queue somewhere, and a large picture makes the queue longer. */
function selectByDelay(roundTripMs: number, jitterMs: number): number {
  if (roundTripMs >= 1_500 || jitterMs >= 200) return 2
  if (roundTripMs >= 800 || jitterMs >= 100) return 4
  return roundTripMs >= 500 ? 5 : TOP_LEVEL
}

function considerFalling(level: LinkLevel, limit: Limit, nowMs: number): LinkLevel {
  const worseSinceMs = level.worseSinceMs ?? nowMs
  const waiting = { ...level, worseSinceMs, betterSinceMs: null }
  if (!limit.isCollapse && nowMs - worseSinceMs < WORSE_PATIENCE_MS) return waiting
  const wasTrial = level.climbedAtMs !== null && nowMs - level.climbedAtMs < CLIMB_TRIAL_MS
  return {
    ...waiting,
    index: limit.index,
    reason: limit.reason,
    worseSinceMs: null,
    fellAtMs: nowMs,
    climbDelayMs: wasTrial ? Math.min(level.climbDelayMs * 2, CLIMB_DELAY_MAX_MS) : level.climbDelayMs,
  }
}

/** Whether nothing is lost or late that would keep a path from a level; its bounds lie well above those of staying. */
export function selectIsClean(
  path: { readonly lossRatio: number | null } & Pick<LinkReading, 'roundTripMs' | 'jitterMs'>,
  index: number,
): boolean {
  return (
    selectByLoss((path.lossRatio ?? 0) * 2) >= index &&
    selectByDelay((path.roundTripMs ?? 0) * 1.25, (path.jitterMs ?? 0) * 1.25) >= index
  )
}

/** For how long it must stay as it is before the next level is tried; null: there is no room for it. */
export function selectClimbDelay(
  level: Pick<LinkLevel, 'index' | 'climbDelayMs'>,
  reading: LinkReading,
): number | null {
  const next = level.index + 1
  if (next > TOP_LEVEL) return null
  const { availableOutgoingBps, limitation } = reading
  if (!selectIsClean({ ...reading, lossRatio: reading.sentLossRatio }, next)) return null
  if (level.index === 0) return (level.climbDelayMs * RETRY_DELAY_MS) / CLIMB_DELAY_MS
  if (limitation === 'bandwidth') return null
  if (availableOutgoingBps === null || selectByBandwidth(availableOutgoingBps, 1) >= next) {
    return level.climbDelayMs
  }
  const hasSomeRoom =
    availableOutgoingBps >= AUDIO_FULL_BPS + selectLevel(level.index).maxBitrateBps * SOME_ROOM
  return hasSomeRoom ? level.climbDelayMs * SOME_ROOM_PATIENCE : null
}

function considerClimbing(level: LinkLevel, delayMs: number, nowMs: number): LinkLevel {
  const betterSinceMs = level.betterSinceMs ?? nowMs
  if (nowMs - betterSinceMs < delayMs) return { ...level, betterSinceMs }
  const index = level.index + 1
  return {
    ...level,
    index,
    betterSinceMs: nowMs,
    climbedAtMs: nowMs,
    reason: index === TOP_LEVEL ? null : level.reason,
  }
}
