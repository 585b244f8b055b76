import type { OutgoingTracks, ReceivedTracks, TrackKind } from './peerTracks.ts'
/**
 * Uploads of a mesh are paid once a person: 3 × 600 kbit/s fits a common uplink of 2 Mbit/s. 640×480@24 of a talking head needs
 * about 500 kbit/s in VP8.
 */
const VIDEO_MAX_BITRATE_BPS = 600_000
const VIDEO_MAX_FRAMERATE = 24
/** Opus for speech; above it nothing is gained with a headset's microphone. */
const AUDIO_MAX_BITRATE_BPS = 32_000

/** One audio and one video line of a connection, both ways from the start. */
export interface MediaLines {
  /** The tracks that arrive; null until the lines are there. */
  received(): ReceivedTracks | null
  /** Stops following our own tracks. */
  stop(): void
}

const encodings: Record<TrackKind, RTCRtpEncodingParameters> = {
  audio: { maxBitrate: AUDIO_MAX_BITRATE_BPS, priority: 'high', networkPriority: 'high' },
  video: { maxBitrate: VIDEO_MAX_BITRATE_BPS, maxFramerate: VIDEO_MAX_FRAMERATE },
}

/**
 * Gives a connection one audio and one video line that both sides may send on, whether or not they have a device: the caller
 * adds them, the callee takes them up as soon as the offer is in. From then on muting, cameras going on and off and other
 * devices are `replaceTrack`, which needs no negotiation (W3C WebRTC, 5.2), and a line without a track sends nothing at all.
 */
export function createMediaLines(options: {
  readonly connection: RTCPeerConnection
  readonly role: 'caller' | 'callee'
  readonly tracks: OutgoingTracks
  readonly onReceived: (pair: ReceivedTracks) => void
}): MediaLines {
  const { connection, role, tracks } = options
  // Both lines in one stream, so that lips and voice stay together (RFC 8843's sync by msid).
  const stream = new MediaStream()
  const lines = new Map<TrackKind, RTCRtpTransceiver>()
  let pair: ReceivedTracks | null = null

  function send(kind: TrackKind): void {
    const line = lines.get(kind)
    if (line === undefined || connection.signalingState === 'closed') return
    // Rejects only when the connection was closed meanwhile.
    line.sender.replaceTrack(tracks.current(kind)).catch(() => undefined)
  }

  function adopt(kind: TrackKind, line: RTCRtpTransceiver): void {
    lines.set(kind, line)
    const audio = lines.get('audio')
    const video = lines.get('video')
    if (audio === undefined || video === undefined) return
    pair = { audio: audio.receiver, video: video.receiver }
    options.onReceived(pair)
  }

  function offerLines(): void {
    for (const kind of ['audio', 'video'] as const) {
      const track = tracks.current(kind)
      adopt(
        kind,
        connection.addTransceiver(track ?? kind, {
          direction: 'sendrecv',
          streams: [stream],
          sendEncodings: [encodings[kind]],
        }),
      )
    }
  }

  /** The offer is in and the answer not yet made: this event comes before `setRemoteDescription` resolves (W3C WebRTC, 4.4.1.5). */
  function takeUpLines(): void {
    if (connection.signalingState !== 'have-remote-offer') return
    for (const line of connection.getTransceivers()) {
      const kind = line.receiver.track.kind === 'audio' ? 'audio' : 'video'
      if (lines.has(kind)) continue
      line.direction = 'sendrecv'
      line.sender.setStreams(stream)
      adopt(kind, line)
      send(kind)
      limit(line.sender, encodings[kind])
    }
  }

  if (role === 'caller') offerLines()
  else connection.addEventListener('signalingstatechange', takeUpLines)
  const unsubscribe = tracks.subscribe(send)

  return {
    received: () => pair,
    stop() {
      unsubscribe()
      connection.removeEventListener('signalingstatechange', takeUpLines)
    },
  }
}

/** On the callee's side the encodings exist only after the offer. */
function limit(sender: RTCRtpSender, encoding: RTCRtpEncodingParameters): void {
  const parameters = sender.getParameters()
  parameters.encodings = parameters.encodings.map((known) => ({ ...known, ...encoding }))
  // Refused only when the connection closes meanwhile; without limits the link still works.
  sender.setParameters(parameters).catch(() => undefined)
}
