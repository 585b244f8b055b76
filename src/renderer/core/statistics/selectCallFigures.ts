import type { Topology } from '../../../shared/domain/room.ts'
import type { ConnectionReading, InboundReading, NetworkPath, OutboundReading } from '../ports/statistics.ts'

/** A picture or a voice, as it flows at the moment. */
export interface StreamFigures {
  readonly bitrateBps: number
  readonly frameWidth: number | null
  readonly frameHeight: number | null
  readonly framesPerSecond: number | null
  readonly codec: string | null
  /** The encoder's or decoder's name. */
  readonly implementation: string | null
  readonly isPowerEfficient: boolean | null
}

/** How one person's media arrives. */
export interface PersonFigures {
  readonly connectionId: string
  readonly topology: Topology
  readonly path: NetworkPath
  /** To the person in a mesh, to the media server otherwise. */
  readonly rttMs: number | null
  /** Share of their packets that were lost since the reading before, 0 to 1; null when none were expected. */
  readonly lossRatio: number | null
  readonly jitterMs: number | null
  readonly audio: StreamFigures | null
  readonly video: StreamFigures | null
}

/** What we send. */
export interface OutgoingFigures {
  readonly bitrateBps: number
  /** The worst of all connections; null before the first estimate. */
  readonly availableBps: number | null
  /** The largest picture that goes out. */
  readonly video: StreamFigures | null
  /** `bandwidth` only where every connection is held back by it: with one of several, it is the other side's. */
  readonly limitation: OutboundReading['limitation']
}

/** The whole call between two readings. */
export interface CallFigures {
  /** Milliseconds since the epoch. */
  readonly atMs: number
  readonly people: readonly PersonFigures[]
  readonly outgoing: OutgoingFigures
  readonly incomingBps: number
}

type StreamReading = InboundReading | OutboundReading

/** The figures of a call from two readings of all its connections; a connection that is new counts from its beginning. */
export function selectCallFigures(
  before: readonly ConnectionReading[],
  now: readonly ConnectionReading[],
): CallFigures {
  const earlier = new Map(before.map((reading) => [reading.id, reading]))
  const pairs = now.map((reading) => ({ reading, last: earlier.get(reading.id) ?? null }))
  return {
    atMs: now.reduce((latest, { atMs }) => Math.max(latest, atMs), 0),
    people: selectOwners(now).flatMap((connectionId) => selectPerson(pairs, connectionId) ?? []),
    outgoing: selectOutgoing(pairs),
    incomingBps: sum(pairs.map(({ reading, last }) => selectBps(reading, last, 'bytesReceived'))),
  }
}

interface Pair {
  readonly reading: ConnectionReading
  readonly last: ConnectionReading | null
}

function selectOwners(readings: readonly ConnectionReading[]): readonly string[] {
  const owners = readings.flatMap(({ inbound }) => inbound.map(({ connectionId }) => connectionId))
  return [...new Set(owners)].filter((owner) => owner !== null)
}

/** Of two connections to one person, at a change of the path, the later one counts. */
function selectPerson(pairs: readonly Pair[], connectionId: string): PersonFigures | null {
  const carrying = pairs.findLast(({ reading }) =>
    reading.inbound.some((stream) => stream.connectionId === connectionId),
  )
  if (carrying === undefined) return null
  const { reading, last } = carrying
  const streams = reading.inbound.filter((stream) => stream.connectionId === connectionId)
  const stream = (kind: 'audio' | 'video') =>
    streams.find((candidate) => candidate.kind === kind && !candidate.isScreen) ?? null
  const audio = stream('audio')
  const video = stream('video')
  const of = (found: InboundReading | null) =>
    found === null
      ? null
      : toStreamFigures(found, findStream(last?.inbound, found.id), seconds(reading, last))
  return {
    connectionId,
    topology: reading.topology,
    path: reading.path,
    rttMs: reading.rttMs,
    lossRatio: selectLossRatio(last?.inbound ?? [], streams),
    // Voices come every 20 ms, so that theirs is the network's own; a picture's packets come in bursts by themselves.
    jitterMs: audio?.jitterMs ?? video?.jitterMs ?? null,
    audio: of(audio),
    video: of(video),
  }
}

/** Share of packets that were lost between two readings of streams, 0 to 1; null when fewer than `minPackets` were expected. */
export function selectLossRatio(
  before: readonly InboundReading[],
  now: readonly InboundReading[],
  minPackets = 1,
): number | null {
  const grown = (counter: 'packets' | 'packetsLost'): number =>
    sum(now.map((stream) => Math.max(0, stream[counter] - (findStream(before, stream.id)?.[counter] ?? 0))))
  const lost = grown('packetsLost')
  const expected = grown('packets') + lost
  return expected < minPackets ? null : lost / expected
}

function selectOutgoing(pairs: readonly Pair[]): OutgoingFigures {
  const videos = pairs.flatMap(({ reading, last }) =>
    reading.outbound
      .filter((stream) => stream.kind === 'video' && !stream.isScreen)
      .map((stream) =>
        toStreamFigures(stream, findStream(last?.outbound, stream.id), seconds(reading, last)),
      ),
  )
  const largest = videos.reduce<StreamFigures | null>(
    (best, figures) =>
      best === null || (figures.frameHeight ?? 0) > (best.frameHeight ?? 0) ? figures : best,
    null,
  )
  const available = pairs.flatMap(({ reading }) => reading.availableOutgoingBps ?? [])
  return {
    bitrateBps: sum(pairs.map(({ reading, last }) => selectBps(reading, last, 'bytesSent'))),
    availableBps: available.length === 0 ? null : Math.min(...available),
    video: largest,
    limitation: selectLimitation(pairs.map(({ reading }) => reading)),
  }
}

function selectLimitation(readings: readonly ConnectionReading[]): OutboundReading['limitation'] {
  const limited = readings
    .map(({ outbound }) =>
      outbound.flatMap(({ limitation, isScreen }) => (isScreen ? [] : (limitation ?? []))),
    )
    .filter((limitations) => limitations.length > 0)
  if (limited.length === 0) return null
  const all = new Set(limited.flat())
  if (all.has('cpu')) return 'cpu'
  if (limited.every((limitations) => limitations.includes('bandwidth'))) return 'bandwidth'
  return all.has('other') ? 'other' : 'none'
}

function toStreamFigures(now: StreamReading, last: StreamReading | null, passedS: number): StreamFigures {
  return {
    bitrateBps: toBps(now.bytes - (last?.bytes ?? 0), passedS),
    frameWidth: now.frameWidth,
    frameHeight: now.frameHeight,
    framesPerSecond: now.framesPerSecond,
    codec: now.codec,
    implementation: now.implementation,
    isPowerEfficient: now.isPowerEfficient,
  }
}

/** 0 for a connection that was not there before: over what time its bytes came is not known. */
function seconds(reading: ConnectionReading, last: ConnectionReading | null): number {
  return last === null ? 0 : (reading.atMs - last.atMs) / 1_000
}

function selectBps(
  reading: ConnectionReading,
  last: ConnectionReading | null,
  counter: 'bytesSent' | 'bytesReceived',
): number {
  return toBps(reading[counter] - (last?.[counter] ?? 0), seconds(reading, last))
}

function toBps(bytes: number, passedS: number): number {
  return passedS <= 0 || bytes <= 0 ? 0 : Math.round((bytes * 8) / passedS)
}

function findStream<T extends StreamReading>(streams: readonly T[] | undefined, id: string): T | null {
  return streams?.find((stream) => stream.id === id) ?? null
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
