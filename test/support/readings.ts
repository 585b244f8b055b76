import type {
  ConnectionReading,
  InboundReading,
  OutboundReading,
} from '../../src/renderer/core/ports/statistics.ts'

/** A picture and a voice that arrive well, counted since the connection began 100 s ago. */
export function createInbound(
  connectionId: string,
  kind: 'audio' | 'video',
  changes: Partial<InboundReading> = {},
): InboundReading {
  const isVideo = kind === 'video'
  return {
    id: `in ${kind} of ${connectionId}`,
    kind,
    connectionId,
    bytes: isVideo ? 7_500_000 : 400_000,
    packets: isVideo ? 7_000 : 5_000,
    packetsLost: 0,
    jitterMs: 4,
    frameWidth: isVideo ? 640 : null,
    frameHeight: isVideo ? 480 : null,
    framesPerSecond: isVideo ? 24 : null,
    framesDecoded: isVideo ? 2_400 : 0,
    framesDropped: 0,
    freezes: 0,
    codec: isVideo ? 'VP8' : 'opus',
    implementation: isVideo ? 'libvpx' : null,
    isScreen: false,
    isPowerEfficient: isVideo ? false : null,
    ...changes,
  }
}

/** What we send, as it goes out well. */
export function createOutbound(
  kind: 'audio' | 'video',
  changes: Partial<OutboundReading> = {},
): OutboundReading {
  const isVideo = kind === 'video'
  return {
    id: `out ${kind}`,
    kind,
    bytes: isVideo ? 7_500_000 : 400_000,
    packets: isVideo ? 7_000 : 5_000,
    frameWidth: isVideo ? 640 : null,
    frameHeight: isVideo ? 480 : null,
    framesPerSecond: isVideo ? 24 : null,
    framesEncoded: isVideo ? 2_400 : 0,
    framesSent: isVideo ? 2_400 : 0,
    lossRatio: 0,
    limitation: isVideo ? 'none' : null,
    codec: isVideo ? 'VP8' : 'opus',
    implementation: isVideo ? 'libvpx' : null,
    isScreen: false,
    isPowerEfficient: isVideo ? false : null,
    ...changes,
  }
}

/** The connection of a mesh to one person, as it stands when all is well. */
export function createReading(
  connectionId: string,
  changes: Partial<ConnectionReading> = {},
): ConnectionReading {
  return {
    id: `${connectionId}:0`,
    topology: 'mesh',
    atMs: 100_000,
    path: { kind: 'host', protocol: 'udp' },
    rttMs: 20,
    availableOutgoingBps: 3_000_000,
    bytesSent: 8_300_000,
    bytesReceived: 8_300_000,
    inbound: [createInbound(connectionId, 'audio'), createInbound(connectionId, 'video')],
    outbound: [createOutbound('audio'), createOutbound('video')],
    ...changes,
  }
}
