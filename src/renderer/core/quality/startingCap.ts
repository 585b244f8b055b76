import type { QualityChoice } from '../../../shared/settings/settings.ts'
import type { EffectRelief } from '../ports/effects.ts'
import { CLIMB_DELAY_MS, selectClimbDelay, selectIsClean } from './linkLevel.ts'
import { CALM_PATIENCE_MS } from './machineLoad.ts'
import { type Picture, selectLevel, TOP_LEVEL, VIDEO_LEVELS } from './picture.ts'
import type { QualityInput, StartingPoint, StartingQuality } from './qualityInput.ts'
import type { EffectsPlan } from './qualityPlan.ts'

const UNLIMITED: Picture = {
  shortSide: Number.POSITIVE_INFINITY,
  framerate: Number.POSITIVE_INFINITY,
}

/** How far one direction has come from where it began, on the ladder of `picture.ts`. */
interface Rung {
  readonly index: number
  readonly goodSinceMs: number | null
}

/** What is left of how a call began. It only ever becomes less, so that it cannot swing. */
export interface StartingCap {
  readonly point: StartingPoint
  readonly sent: Rung
  readonly received: Rung
  /** The background is made easy until the machine has been calm for a while. */
  readonly easesBackground: boolean
  readonly calmSinceMs: number | null
}

/**
 * Begins where the test before joining said, and lifts it by one level at a time under the rules by which paths climb: what is sent, while
 * every path has room for more; what is received, while none loses packets or is late. The background comes back after a while of calm
 * beside somebody else, since nothing costs anything before.
 */
export function followStart(
  cap: StartingCap | null,
  input: QualityInput,
  isMachineAtEase: boolean,
): StartingCap | null {
  const { start, nowMs } = input
  if (start === null) return null
  const known = cap !== null && isSamePoint(cap.point, start) ? cap : openStart(start)
  const isCalm = isMachineAtEase && input.links.length > 0
  const calmSinceMs = isCalm ? (known.calmSinceMs ?? nowMs) : null
  const isCalmForGood = calmSinceMs !== null && nowMs - calmSinceMs >= CALM_PATIENCE_MS
  return {
    point: known.point,
    sent: climb(known.sent, selectSentDelay(known.sent.index, input), nowMs),
    received: climb(known.received, selectReceivedDelay(known.received.index, input), nowMs),
    easesBackground: known.easesBackground && !isCalmForGood,
    calmSinceMs,
  }
}

function openStart(point: StartingPoint): StartingCap {
  return {
    point,
    sent: { index: selectFirstLevel(point.sends), goodSinceMs: null },
    received: { index: selectFirstLevel(point.receives), goodSinceMs: null },
    easesBackground: !point.carriesBackground,
    calmSinceMs: null,
  }
}

/** Who turns the camera on, or looks at others, where sound alone was advised begins with the smallest picture. */
function selectFirstLevel(quality: StartingQuality): number {
  switch (quality) {
    case '720p':
      return TOP_LEVEL
    case '480p':
    case '360p':
      return VIDEO_LEVELS.findLastIndex(({ shortSide }) => shortSide <= Number.parseInt(quality, 10))
    case 'audioOnly':
      return 1
  }
}

/** For how long all paths must stay as they are; null: one of them has no room, or none was tried. */
function selectSentDelay(index: number, { links }: QualityInput): number | null {
  const tried = links.filter(({ reading, wish }) => reading !== null && wish.kind !== 'hidden')
  const delays = tried.map(({ reading }) =>
    reading === null ? null : selectClimbDelay({ index, climbDelayMs: CLIMB_DELAY_MS }, reading),
  )
  return delays.reduce<number | null>(
    (longest, delay) => (longest === null || delay === null ? null : Math.max(longest, delay)),
    delays.length === 0 ? null : 0,
  )
}

function selectReceivedDelay(index: number, { links }: QualityInput): number | null {
  const readings = links.flatMap(({ reading }) => reading ?? [])
  const isClean = readings.every((reading) =>
    selectIsClean({ ...reading, lossRatio: reading.receivedLossRatio }, index + 1),
  )
  return readings.length > 0 && isClean ? CLIMB_DELAY_MS : null
}

function climb(rung: Rung, delayMs: number | null, nowMs: number): Rung {
  if (rung.index >= TOP_LEVEL || delayMs === null) return { ...rung, goodSinceMs: null }
  const goodSinceMs = rung.goodSinceMs ?? nowMs
  if (nowMs - goodSinceMs < delayMs) return { ...rung, goodSinceMs }
  return { index: rung.index + 1, goodSinceMs: nowMs }
}

/** What the beginning leaves to pictures. Who has chosen a size gets that from the beginning. */
export function selectStartingPictures(
  cap: StartingCap | null,
  choice: QualityChoice,
): { readonly sent: Picture; readonly received: Picture } {
  if (cap === null || choice !== 'auto') return { sent: UNLIMITED, received: UNLIMITED }
  return { sent: selectPicture(cap.sent), received: selectPicture(cap.received) }
}

function selectPicture({ index }: Rung): Picture {
  return index >= TOP_LEVEL ? UNLIMITED : selectLevel(index)
}

/** What a busy machine asks for comes first; the beginning asks for little, and not against the person's wish. */
export function selectEffectsPlan(
  byMachine: EffectRelief,
  cap: StartingCap | null,
  { usesBlur, keepsBackground }: Pick<QualityInput, 'usesBlur' | 'keepsBackground'>,
): EffectsPlan {
  if (byMachine !== 'none') return { relief: byMachine, reason: 'busy' }
  return cap?.easesBackground === true && usesBlur && !keepsBackground
    ? { relief: 'simple', reason: 'beginning' }
    : { relief: 'none', reason: null }
}

function isSamePoint(a: StartingPoint, b: StartingPoint): boolean {
  return (
    a.uplinkBps === b.uplinkBps &&
    a.sends === b.sends &&
    a.receives === b.receives &&
    a.reason === b.reason &&
    a.carriesBackground === b.carriesBackground
  )
}
