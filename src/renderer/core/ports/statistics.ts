import type { QualitySample } from '../../../shared/api/qualitySamples.ts'
import type { Topology } from '../../../shared/domain/room.ts'

/** How packets travel: the kind of our own candidate in use; `unknown` while there is no path. */
export interface NetworkPath {
  readonly kind: QualitySample['pathKind']
  /** Towards the relay where there is one, else towards the other side. Null while there is no path. */
  readonly protocol: 'udp' | 'tcp' | 'tls' | null
}

/** What both directions of a stream have in common. Counters count since the stream began and never fall. */
interface StreamReading {
  /** Names the stream within its connection. */
  readonly id: string
  readonly kind: 'audio' | 'video'
  /** Of a shared screen, not of a person. */
  readonly isScreen: boolean
  /** Media alone, without headers. */
  readonly bytes: number
  readonly packets: number
  /** Of the picture at the moment; null for audio and while none flows. */
  readonly frameWidth: number | null
  readonly frameHeight: number | null
  readonly framesPerSecond: number | null
  /** Without its kind: `VP8`, `opus`. Null while nothing flows. */
  readonly codec: string | null
  /** The encoder's or decoder's name, as the browser tells it (`libvpx`). */
  readonly implementation: string | null
  /** Whether that works in hardware, or otherwise cheaply; null where the browser does not say. */
  readonly isPowerEfficient: boolean | null
}

/** What arrives in one stream. */
export interface InboundReading extends StreamReading {
  /** Whose it is: a connection id of the room; null when nobody could be told. */
  readonly connectionId: string | null
  readonly packetsLost: number
  readonly jitterMs: number | null
  readonly framesDecoded: number
  readonly framesDropped: number
  readonly freezes: number
}

/** What we send in one stream. A picture that is sent in several sizes is as many streams. */
export interface OutboundReading extends StreamReading {
  readonly framesEncoded: number
  readonly framesSent: number
  /** Share of our packets that the other side told to be lost lately, 0 to 1; null before its first report. */
  readonly lossRatio: number | null
  /** What holds the picture back; null for audio, and while nothing is sent. */
  readonly limitation: QualitySample['limitation']
}

/** One media connection at one moment (W3C webrtc-stats), whatever carries the call. */
export interface ConnectionReading {
  /**
   * Names the connection: counters of another one are not compared with these. One of a mesh begins with the other side's connection id and
   * a colon.
   */
  readonly id: string
  readonly topology: Topology
  /** Milliseconds since the epoch. */
  readonly atMs: number
  readonly path: NetworkPath
  /** Round trip on the path in use; null until the first check came back. */
  readonly rttMs: number | null
  /** What congestion control believes that the path bears; null while nothing is sent. */
  readonly availableOutgoingBps: number | null
  /** Everything on the wire but IP and UDP headers. */
  readonly bytesSent: number
  readonly bytesReceived: number
  readonly inbound: readonly InboundReading[]
  readonly outbound: readonly OutboundReading[]
}

/** How many connections were tried and came to be, since the start; those that are still being tried count as none. */
export type ConnectionCounts = Readonly<
  Record<Topology, { readonly attempts: number; readonly successes: number }>
>

/** What can be measured of the call's media. */
export interface StatisticsPort {
  /** Every connection that is open, read at most 2 s ago: whoever asks in between shares the reading. Never rejects. */
  read(): Promise<readonly ConnectionReading[]>
  counts(): ConnectionCounts
}

/** Where an adapter tells of its connections. */
export interface ConnectionRegistry {
  /** `read` answers null when there is nothing to read, and never rejects. */
  open(topology: Topology, read: () => Promise<ConnectionReading | null>): OpenConnection
}

/** A connection that the registry knows. */
export interface OpenConnection {
  /** What became of it. Only the first word counts: a connection that once worked has succeeded. */
  settle(outcome: 'connected' | 'failed'): void
  /** It is over and not read any more. One that was not settled was given up, and counts as no attempt. */
  close(): void
}
