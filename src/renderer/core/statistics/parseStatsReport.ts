import type { Topology } from '../../../shared/domain/room.ts'
import type { ConnectionReading, InboundReading, NetworkPath, OutboundReading } from '../ports/statistics.ts'

/** The part of an `RTCStatsReport` that is used: a map of untyped records. */
export interface StatsReport {
  forEach(visit: (entry: unknown) => void): void
}

type Entry = Readonly<Record<string, unknown>>

/** What names an arriving stream to the adapter that has to say whose it is. */
export interface StreamName {
  /** The track's id on this side. */
  readonly trackId: string | null
  /** The line of the session description. */
  readonly mid: string | null
}

/**
 * A report of W3C webrtc-stats as one reading. Only what is checked is taken: what a browser does not tell, or tells in
 * another shape, is null, and counters are 0.
 */
export function parseStatsReport(
  report: StatsReport,
  connection: {
    readonly id: string
    readonly topology: Topology
    readonly ownerOf: (stream: StreamName) => string | null
    /** Whether it is of a shared screen; left out, nothing is. */
    readonly isScreen?: (stream: StreamName) => boolean
  },
): ConnectionReading {
  const isScreen = connection.isScreen ?? (() => false)
  const entries = collect(report)
  const all = [...entries.values()]
  const ofType = (type: string): readonly Entry[] => all.filter((entry) => entry['type'] === type)
  const transport = ofType('transport')[0]
  const pair = selectPair(entries, transport, ofType('candidate-pair'))
  const remoteReports = new Map(
    ofType('remote-inbound-rtp').map((entry) => [toText(entry['localId']), entry]),
  )
  return {
    id: connection.id,
    topology: connection.topology,
    atMs: all.reduce((latest, entry) => Math.max(latest, toNumber(entry['timestamp']) ?? 0), 0),
    path: selectPath(pair === null ? undefined : entries.get(toText(pair['localCandidateId']) ?? '')),
    rttMs: toMs(pair?.['currentRoundTripTime']),
    availableOutgoingBps: toNumber(pair?.['availableOutgoingBitrate']),
    bytesSent: toCount(transport?.['bytesSent'] ?? pair?.['bytesSent']),
    bytesReceived: toCount(transport?.['bytesReceived'] ?? pair?.['bytesReceived']),
    inbound: ofType('inbound-rtp').map((entry) =>
      toInbound(entry, entries, { ownerOf: connection.ownerOf, isScreen }),
    ),
    outbound: ofType('outbound-rtp').map((entry) =>
      toOutbound(entry, entries, remoteReports.get(toText(entry['id'])), isScreen),
    ),
  }
}

function collect(report: StatsReport): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>()
  report.forEach((entry) => {
    if (!isEntry(entry)) return
    const id = toText(entry['id'])
    if (id !== null) entries.set(id, entry)
  })
  return entries
}

/** Several pairs may have been nominated on the way: the transport says which one is in use. */
function selectPair(
  entries: ReadonlyMap<string, Entry>,
  transport: Entry | undefined,
  pairs: readonly Entry[],
): Entry | null {
  const selected = entries.get(toText(transport?.['selectedCandidatePairId']) ?? '')
  if (selected !== undefined) return selected
  return pairs.find((pair) => pair['nominated'] === true && pair['state'] === 'succeeded') ?? null
}

function selectPath(candidate: Entry | undefined): NetworkPath {
  const protocol = candidate?.['relayProtocol'] ?? candidate?.['protocol']
  return {
    kind: selectPathKind(candidate?.['candidateType']),
    protocol: protocol === 'udp' || protocol === 'tcp' || protocol === 'tls' ? protocol : null,
  }
}

function selectPathKind(candidateType: unknown): NetworkPath['kind'] {
  if (candidateType === 'host' || candidateType === 'srflx' || candidateType === 'relay') return candidateType
  // Learnt from a check instead of a server: an address behind which we stand, all the same (RFC 8445, 7.2.5.3.1).
  return candidateType === 'prflx' ? 'srflx' : 'unknown'
}

function toStream(entry: Entry, entries: ReadonlyMap<string, Entry>, direction: 'Sent' | 'Received') {
  const frameWidth = toSize(entry['frameWidth'])
  const frameHeight = toSize(entry['frameHeight'])
  const hasFrame = frameWidth !== null && frameHeight !== null
  const mimeType = toText(entries.get(toText(entry['codecId']) ?? '')?.['mimeType'])
  return {
    id: toText(entry['id']) ?? '',
    kind: entry['kind'] === 'video' ? ('video' as const) : ('audio' as const),
    bytes: toCount(entry[`bytes${direction}`]),
    packets: toCount(entry[`packets${direction}`]),
    frameWidth: hasFrame ? frameWidth : null,
    frameHeight: hasFrame ? frameHeight : null,
    framesPerSecond: hasFrame ? (toNumber(entry['framesPerSecond']) ?? 0) : null,
    codec: mimeType?.split('/')[1] ?? null,
  }
}

function toInbound(
  entry: Entry,
  entries: ReadonlyMap<string, Entry>,
  connection: {
    readonly ownerOf: (stream: StreamName) => string | null
    readonly isScreen: (stream: StreamName) => boolean
  },
): InboundReading {
  const name = toStreamName(entry, entry)
  return {
    ...toStream(entry, entries, 'Received'),
    implementation: toText(entry['decoderImplementation']),
    isPowerEfficient: toFlag(entry['powerEfficientDecoder']),
    connectionId: connection.ownerOf(name),
    isScreen: connection.isScreen(name),
    packetsLost: toCount(entry['packetsLost']),
    jitterMs: toMs(entry['jitter']),
    framesDecoded: toCount(entry['framesDecoded']),
    framesDropped: toCount(entry['framesDropped']),
    freezes: toCount(entry['freezeCount']),
  }
}

/** `track`: the entry that tells the track's id. */
function toStreamName(entry: Entry, track: Entry | undefined): StreamName {
  return { trackId: toText(track?.['trackIdentifier']), mid: toText(entry['mid']) }
}

function toOutbound(
  entry: Entry,
  entries: ReadonlyMap<string, Entry>,
  remoteReport: Entry | undefined,
  isScreen: (stream: StreamName) => boolean,
): OutboundReading {
  const limitation = entry['qualityLimitationReason']
  const lossRatio = toNumber(remoteReport?.['fractionLost'])
  return {
    ...toStream(entry, entries, 'Sent'),
    isScreen: isScreen(toStreamName(entry, entries.get(toText(entry['mediaSourceId']) ?? ''))),
    implementation: toText(entry['encoderImplementation']),
    isPowerEfficient: toFlag(entry['powerEfficientEncoder']),
    framesEncoded: toCount(entry['framesEncoded']),
    framesSent: toCount(entry['framesSent']),
    lossRatio: lossRatio === null ? null : Math.min(1, Math.max(0, lossRatio)),
    limitation:
      limitation === 'none' || limitation === 'cpu' || limitation === 'bandwidth' || limitation === 'other'
        ? limitation
        : null,
  }
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null
}

function toText(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function toFlag(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null
}

function toNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/** Lost packets can be told as fewer than none, when duplicates arrived (RFC 3550, 6.4.1). */
function toCount(value: unknown): number {
  return Math.max(0, toNumber(value) ?? 0)
}

function toSize(value: unknown): number | null {
  const size = toNumber(value)
  return size === null || size < 1 ? null : size
}

/** Seconds, as the standard has them, in milliseconds. */
function toMs(value: unknown): number | null {
  const seconds = toNumber(value)
  return seconds === null || seconds < 0 ? null : seconds * 1_000
}
