import type { QualitySample } from '../../../shared/api/qualitySamples.ts'

/** Counters of one media connection since it was opened (W3C webrtc-stats), and what it measures at the moment. */
export interface TransportReading {
  /** Names the connection: counters of another one are not compared with these. */
  readonly id: string
  readonly pathKind: QualitySample['pathKind']
  readonly rttMs: number | null
  readonly jitterMs: number | null
  readonly packetsReceived: number
  readonly packetsLost: number
  readonly bytesSent: number
  readonly bytesReceived: number
  readonly videoBytesSent: number
  readonly videoBytesReceived: number
  readonly audioBytesSent: number
  readonly audioBytesReceived: number
  /** Of the picture that arrives; null while none does. */
  readonly frameWidth: number | null
  readonly frameHeight: number | null
  readonly fps: number | null
  readonly limitation: QualitySample['limitation']
}

/** What a window began and ended with. */
export interface MeasuredWindow {
  readonly windowMs: number
  readonly topology: QualitySample['topology']
  readonly before: readonly TransportReading[]
  readonly after: readonly TransportReading[]
  readonly connectionAttempts: number | null
  readonly connectionSuccesses: number | null
  /** 0 to 100; null where nobody measures it. */
  readonly cpuLoadPercent: number | null
}

/** From the best path to the worst; a call is told by its worst, which is what it costs and where it breaks. */
const PATHS = ['unknown', 'host', 'srflx', 'relay'] as const
/** From the least to the most telling. */
const LIMITATIONS = ['none', 'other', 'bandwidth', 'cpu'] as const

/**
 * One sample of a window, or null where nothing was measured or the window is not one the backend takes. Delays and frame rates are the
 * average over connections, traffic their sum, the picture the largest one.
 */
export function summarizeSample(measured: MeasuredWindow): QualitySample | null {
  const { after, connectionAttempts, connectionSuccesses } = measured
  const windowMs = Math.round(measured.windowMs)
  const hasNothing = after.length === 0 && (connectionAttempts ?? 0) === 0
  if (hasNothing || windowMs < 1_000 || windowMs > 120_000) return null
  const grown = (counter: CounterName): number => growth(measured, counter)
  const bps = (counter: CounterName): number | null =>
    after.length === 0 ? null : Math.round((grown(counter) * 8_000) / windowMs)
  const lost = grown('packetsLost')
  const expected = grown('packetsReceived') + lost
  const largest = selectLargest(after)
  return {
    windowMs,
    topology: measured.topology,
    pathKind:
      selectLast(
        PATHS,
        after.map((reading) => reading.pathKind),
      ) ?? 'unknown',
    rttMs: average(after.map((reading) => reading.rttMs)),
    lossRatio: expected === 0 ? null : lost / expected,
    jitterMs: average(after.map((reading) => reading.jitterMs)),
    frameWidth: largest?.frameWidth ?? null,
    frameHeight: largest?.frameHeight ?? null,
    fps: average(after.map((reading) => reading.fps)),
    videoUpBps: bps('videoBytesSent'),
    videoDownBps: bps('videoBytesReceived'),
    audioUpBps: bps('audioBytesSent'),
    audioDownBps: bps('audioBytesReceived'),
    bytesSent: after.length === 0 ? null : grown('bytesSent'),
    bytesReceived: after.length === 0 ? null : grown('bytesReceived'),
    cpuLoadPercent: measured.cpuLoadPercent,
    connectionAttempts: connectionSuccesses === null ? null : connectionAttempts,
    connectionSuccesses:
      connectionAttempts === null || connectionSuccesses === null
        ? null
        : Math.min(connectionSuccesses, connectionAttempts),
    limitation: selectLast(
      LIMITATIONS,
      after.map((reading) => reading.limitation),
    ),
  }
}

type CounterName =
  | 'packetsReceived'
  | 'packetsLost'
  | 'bytesSent'
  | 'bytesReceived'
  | 'videoBytesSent'
  | 'videoBytesReceived'
  | 'audioBytesSent'
  | 'audioBytesReceived'

/** By how much a counter rose, over all connections. A new connection counts from 0; one that fell back (it can) not at all. */
function growth({ before, after }: MeasuredWindow, counter: CounterName): number {
  const earlier = new Map(before.map((reading) => [reading.id, reading[counter]]))
  return after.reduce(
    (sum, reading) => sum + Math.max(0, reading[counter] - (earlier.get(reading.id) ?? 0)),
    0,
  )
}

function average(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}

function selectLargest(readings: readonly TransportReading[]): TransportReading | null {
  return readings.reduce<TransportReading | null>((best, reading) => {
    if (reading.frameWidth === null || reading.frameHeight === null) return best
    return (reading.frameHeight ?? 0) > (best?.frameHeight ?? 0) ? reading : best
  }, null)
}

/** The one of the values that stands last in the order; null where there is none. */
function selectLast<T extends string>(order: readonly T[], values: readonly (T | null)[]): T | null {
  return order.findLast((known) => values.includes(known)) ?? null
}
