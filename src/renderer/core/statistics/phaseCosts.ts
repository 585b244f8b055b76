import type { CallFigures } from './selectCallFigures.ts'

/** What a part of the call has cost so far. */
export interface PhaseCost {
  readonly seconds: number
  readonly sentBits: number
  readonly receivedBits: number
  /** Seconds for which the load was measured, and the load times those seconds; the app's own processes, in percent. */
  readonly loadSeconds: number
  readonly loadPercentSeconds: number
}

/** Focus phases with calm pictures, and all the rest of the call. */
export interface PhaseCosts {
  readonly focus: PhaseCost
  readonly rest: PhaseCost
}

const nothing: PhaseCost = {
  seconds: 0,
  sentBits: 0,
  receivedBits: 0,
  loadSeconds: 0,
  loadPercentSeconds: 0,
}

export const noCosts: PhaseCosts = { focus: nothing, rest: nothing }

/** Less of either says nothing: pictures take seconds to become small, and large again. */
const COMPARED_FROM_SECONDS = 30
/** What lies further apart was slept through. */
const ROUND_MAX_SECONDS = 10

/** The costs after another round of figures. Nothing is counted while nobody else is there. `ownLoadPercent`: null where it is not measured. */
export function addCosts(
  costs: PhaseCosts,
  round: {
    readonly before: CallFigures | undefined
    readonly now: CallFigures | undefined
    readonly isFocus: boolean
    readonly ownLoadPercent: number | null
  },
): PhaseCosts {
  const { before, now, isFocus, ownLoadPercent } = round
  if (before === undefined || now === undefined || now.people.length === 0) return costs
  const seconds = (now.atMs - before.atMs) / 1_000
  if (seconds <= 0 || seconds > ROUND_MAX_SECONDS) return costs
  const part = isFocus ? 'focus' : 'rest'
  const known = costs[part]
  const loadSeconds = ownLoadPercent === null ? 0 : seconds
  return {
    ...costs,
    [part]: {
      seconds: known.seconds + seconds,
      sentBits: known.sentBits + now.outgoing.bitrateBps * seconds,
      receivedBits: known.receivedBits + now.incomingBps * seconds,
      loadSeconds: known.loadSeconds + loadSeconds,
      loadPercentSeconds: known.loadPercentSeconds + (ownLoadPercent ?? 0) * loadSeconds,
    },
  }
}

/** Averages of a part of the call. */
export interface PhaseAverages {
  readonly sentBps: number
  readonly receivedBps: number
  /** Of the app's own processes; null where it was not measured. */
  readonly ownLoadPercent: number | null
}

/** What focus phases cost beside the rest of the same call. */
export interface PhaseSaving {
  readonly focus: PhaseAverages
  readonly rest: PhaseAverages
  /** What focus phases have not sent and received, as they would have by the rest's averages; bytes, below 0 where they cost more. */
  readonly savedBytes: number
}

/** Null until both have been measured for long enough to compare. */
export function selectSaving({ focus, rest }: PhaseCosts): PhaseSaving | null {
  if (Math.min(focus.seconds, rest.seconds) < COMPARED_FROM_SECONDS) return null
  const [inFocus, otherwise] = [selectAverages(focus), selectAverages(rest)]
  const bps = (averages: PhaseAverages): number => averages.sentBps + averages.receivedBps
  return {
    focus: inFocus,
    rest: otherwise,
    savedBytes: Math.round(((bps(otherwise) - bps(inFocus)) * focus.seconds) / 8),
  }
}

function selectAverages(cost: PhaseCost): PhaseAverages {
  return {
    sentBps: cost.sentBits / cost.seconds,
    receivedBps: cost.receivedBits / cost.seconds,
    ownLoadPercent: cost.loadSeconds === 0 ? null : cost.loadPercentSeconds / cost.loadSeconds,
  }
}
