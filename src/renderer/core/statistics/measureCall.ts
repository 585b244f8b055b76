import type { ConnectionReading } from '../ports/statistics.ts'
import {
  judgeLink,
  type LinkFigures,
  type LinkGrade,
  type LinkQuality,
  selectLinkSides,
  selectOwnQuality,
  unknownQuality,
} from '../quality/selectLinkQuality.ts'
import { addCosts, noCosts, type PhaseCosts } from './phaseCosts.ts'
import { type CallFigures, selectCallFigures, selectLossRatio } from './selectCallFigures.ts'

/** Rounds of readings that loss is taken over: some 10 s, so that one burst does not condemn a link. */
const JUDGED_ROUNDS = 6
/** What must have been so for this many rounds is believed to be so. */
const STEADY_ROUNDS = 3
/** Rounds that charts show: 2 min. */
const HISTORY_ROUNDS = 60
/** Packets without which a loss says nothing; speech alone is some 50 a second. */
const LOSS_MIN_PACKETS = 30
/** A picture below this share of what it has been is lowered. */
const LOWERED_RATIO = 0.6

/** Everything that is known of a call's media. */
export interface CallMeasurements {
  /** The latest last. */
  readonly rounds: readonly (readonly ConnectionReading[])[]
  /** The latest last; one a round, from the second on. */
  readonly history: readonly CallFigures[]
  /** By the other side's connection id. */
  readonly links: Readonly<Record<string, LinkQuality>>
  readonly own: LinkQuality
  /** What focus phases have cost, and the rest. */
  readonly costs: PhaseCosts
}

export const noMeasurements: CallMeasurements = {
  rounds: [],
  history: [],
  links: {},
  own: unknownQuality,
  costs: noCosts,
}

/** Who is in the call, and whether a picture of theirs is to be expected. */
export interface MeasuredPerson {
  readonly connectionId: string
  readonly isVideoOff: boolean
}

/** What else was so while a round was measured. */
export interface MeasuredCircumstances {
  /** Pictures are calm, for a focus phase. */
  readonly isFocus: boolean
  /** Of the app's own processes; null where nobody measures it. */
  readonly ownLoadPercent: number | null
}

const ordinaryCircumstances: MeasuredCircumstances = { isFocus: false, ownLoadPercent: null }

/** The measurements after another round of readings. */
export function measureCall(
  known: CallMeasurements,
  readings: readonly ConnectionReading[],
  people: readonly MeasuredPerson[],
  circumstances: MeasuredCircumstances = ordinaryCircumstances,
): CallMeasurements {
  const before = known.rounds.at(-1)
  const rounds = [...known.rounds, readings].slice(-JUDGED_ROUNDS)
  const history =
    before === undefined
      ? known.history
      : [...known.history, selectCallFigures(before, readings)].slice(-HISTORY_ROUNDS)
  const judged = new Map(
    people.map(({ connectionId }) => [
      connectionId,
      judgeLink(selectLinkFigures(rounds, connectionId), selectGrade(known, connectionId)),
    ]),
  )
  const reasons = selectLinkSides(judged)
  const links = people.map((person) => {
    const { connectionId } = person
    const quality: LinkQuality = {
      grade: judged.get(connectionId)?.grade ?? 'unknown',
      reason: reasons.get(connectionId) ?? null,
      video: person.isVideoOff ? 'full' : selectVideo(rounds, history, connectionId),
    }
    return [connectionId, keepSame(known.links[connectionId], quality)] as const
  })
  const own = selectOwnQuality(judged, selectSteadyLimitation(history))
  const costs = addCosts(known.costs, {
    before: known.history.at(-1),
    now: history.at(-1),
    ...circumstances,
  })
  return { rounds, history, links: Object.fromEntries(links), own: keepSame(known.own, own), costs }
}

function selectGrade(known: CallMeasurements, connectionId: string): LinkGrade {
  return known.links[connectionId]?.grade ?? 'unknown'
}

/** The same object for the same quality, so that nobody is told of news that are none. */
function keepSame(before: LinkQuality | undefined, now: LinkQuality): LinkQuality {
  const isSame =
    before !== undefined &&
    before.grade === now.grade &&
    before.video === now.video &&
    before.reason?.cause === now.reason?.cause &&
    before.reason?.side === now.reason?.side
  return isSame ? before : now
}

/** Null while nothing of theirs arrives. */
function selectLinkFigures(rounds: CallMeasurements['rounds'], connectionId: string): LinkFigures | null {
  const carrying = rounds.map((readings) =>
    readings.findLast(({ inbound }) => inbound.some((stream) => stream.connectionId === connectionId)),
  )
  const now = carrying.at(-1)
  if (now === undefined) return null
  // Of this very connection: another one's counters began elsewhere.
  const same = carrying.filter((reading) => reading?.id === now.id).flatMap((reading) => reading ?? [])
  const streamsOf = (reading: ConnectionReading) =>
    reading.inbound.filter((stream) => stream.connectionId === connectionId)
  const first = same[0]
  const latest = same.slice(-STEADY_ROUNDS)
  return {
    rttMs: median(latest.flatMap(({ rttMs }) => rttMs ?? [])),
    lossRatio:
      first === undefined || first === now
        ? null
        : selectLossRatio(streamsOf(first), streamsOf(now), LOSS_MIN_PACKETS),
    jitterMs: median(
      latest.flatMap((reading) => {
        const streams = streamsOf(reading)
        const audio = streams.find(({ kind }) => kind === 'audio')?.jitterMs
        return audio ?? streams.find(({ kind }) => kind === 'video')?.jitterMs ?? []
      }),
    ),
  }
}

function selectVideo(
  rounds: CallMeasurements['rounds'],
  history: readonly CallFigures[],
  connectionId: string,
): LinkQuality['video'] {
  if (isVideoPaused(rounds, connectionId)) return 'paused'
  const pictures = history.flatMap(
    ({ people }) => people.find((person) => person.connectionId === connectionId)?.video ?? [],
  )
  const latest = pictures.slice(-STEADY_ROUNDS)
  if (latest.length < STEADY_ROUNDS) return 'full'
  const heights = pictures.map(({ frameHeight }) => frameHeight ?? 0)
  const rates = pictures.map(({ framesPerSecond }) => framesPerSecond ?? 0)
  const isLowered = (of: readonly number[]): boolean =>
    Math.max(...of.slice(-STEADY_ROUNDS)) < Math.max(...of) * LOWERED_RATIO
  return isLowered(heights) || isLowered(rates) ? 'lowered' : 'full'
}

/** Whether no picture was decoded for some rounds, on a connection that was there all the while. */
function isVideoPaused(rounds: CallMeasurements['rounds'], connectionId: string): boolean {
  const decoded = rounds.slice(-STEADY_ROUNDS - 1).map((readings) => {
    const streams = readings.flatMap((reading) =>
      reading.inbound.map((stream) => ({ ...stream, id: `${reading.id} ${stream.id}` })),
    )
    const owned = streams.filter((stream) => stream.connectionId === connectionId)
    const video = owned.findLast(({ kind, isScreen }) => kind === 'video' && !isScreen)
    // Some browsers tell of a stream only once something has arrived in it.
    return { isThere: owned.length > 0, frames: video?.framesDecoded ?? 0, id: video?.id ?? '' }
  })
  const [first] = decoded
  return (
    decoded.length > STEADY_ROUNDS &&
    first !== undefined &&
    decoded.every(({ isThere, frames, id }) => isThere && frames === first.frames && id === first.id)
  )
}

/** What has held our picture back in every one of the latest rounds; at the start of a call it is always the network for a moment. */
function selectSteadyLimitation(history: readonly CallFigures[]): 'cpu' | 'bandwidth' | null {
  const latest = history.slice(-STEADY_ROUNDS).map(({ outgoing }) => outgoing.limitation)
  const [first] = latest
  if (latest.length < STEADY_ROUNDS || (first !== 'cpu' && first !== 'bandwidth')) return null
  return latest.every((limitation) => limitation === first) ? first : null
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null
}
