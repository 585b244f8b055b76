import type { ConnectionReading } from '../ports/statistics.ts'
import type { TransportReading } from './summarizeSample.ts'

/** From the least to the most telling. */
const LIMITATIONS = ['none', 'other', 'bandwidth', 'cpu'] as const

/** A connection as a sample takes it: all its streams together. */
export function selectTransportReading(reading: ConnectionReading): TransportReading {
  const { inbound, outbound } = reading
  const largest = inbound.reduce<(typeof inbound)[number] | null>(
    (best, stream) => ((stream.frameHeight ?? 0) > (best?.frameHeight ?? 0) ? stream : best),
    null,
  )
  const total = <T>(streams: readonly T[], of: (stream: T) => number): number =>
    streams.reduce((sum, stream) => sum + of(stream), 0)
  const bytesOf = (
    streams: readonly { readonly kind: string; readonly bytes: number }[],
    kind: string,
  ): number =>
    total(
      streams.filter((stream) => stream.kind === kind),
      ({ bytes }) => bytes,
    )
  const jitters = inbound.flatMap(({ jitterMs }) => jitterMs ?? [])
  return {
    id: reading.id,
    pathKind: reading.path.kind,
    rttMs: reading.rttMs,
    jitterMs: jitters.length === 0 ? null : total(jitters, (jitterMs) => jitterMs) / jitters.length,
    packetsReceived: total(inbound, ({ packets }) => packets),
    packetsLost: total(inbound, ({ packetsLost }) => packetsLost),
    bytesSent: reading.bytesSent,
    bytesReceived: reading.bytesReceived,
    videoBytesSent: bytesOf(outbound, 'video'),
    videoBytesReceived: bytesOf(inbound, 'video'),
    audioBytesSent: bytesOf(outbound, 'audio'),
    audioBytesReceived: bytesOf(inbound, 'audio'),
    frameWidth: largest?.frameWidth ?? null,
    frameHeight: largest?.frameHeight ?? null,
    fps: largest?.framesPerSecond ?? null,
    limitation:
      LIMITATIONS.findLast((known) => outbound.some(({ limitation }) => limitation === known)) ?? null,
  }
}
