import type { LinkEncoding } from '../../core/quality/qualityPlan.ts'
import { createSenderShaper, type SenderShaper } from './createSenderShaper.ts'
import type { OutgoingTracks, ReceivedTracks, TrackKind } from './peerTracks.ts'
import { toSenderParameters } from './toSenderParameters.ts'

/** One audio and one video line of a connection, both ways from the start. */
export interface MediaLines {
  /** The tracks that arrive; null until the lines are there. */
  received(): ReceivedTracks | null
  /** Stops following our own tracks and what may be sent of them. */
  stop(): void
}

/**
 * Gives a connection one audio and one video line that both sides may send on, whether or not they have a device: the caller
 * adds them, the callee takes them up as soon as the offer is in. From then on muting, cameras going on and off and other
 * devices are `replaceTrack`, which needs no negotiation (W3C WebRTC, 5.2), and a line without a track sends nothing at all. Neither
 * do less and more of a picture, down to nothing: those are parameters of the sender.
 */
export function createMediaLines(options: {
  readonly connection: RTCPeerConnection
  readonly role: 'caller' | 'callee'
  readonly tracks: OutgoingTracks
  readonly encoding: {
    current(): LinkEncoding | null
    /** Calls back after each change; the answer ends it. */
    subscribe(listener: () => void): () => void
  }
  readonly onReceived: (pair: ReceivedTracks) => void
}): MediaLines {
  const { connection, role, tracks, encoding } = options
  // Both lines in one stream, so that lips and voice stay together (RFC 8843's sync by msid).
  const stream = new MediaStream()
  const lines = new Map<TrackKind, RTCRtpTransceiver>()
  const shapers = new Map<TrackKind, SenderShaper>()
  let pair: ReceivedTracks | null = null

  function send(kind: TrackKind): void {
    const line = lines.get(kind)
    if (line === undefined || connection.signalingState === 'closed') return
    line.sender
      .replaceTrack(tracks.current(kind))
      // Another camera has another size.
      .then(() => shape(kind))
      // Only when the connection was closed meanwhile.
      .catch(() => undefined)
  }

  function shape(kind: TrackKind): void {
    const line = lines.get(kind)
    if (line === undefined || connection.signalingState === 'closed') return
    shapers.get(kind)?.shape(() => toSenderParameters(kind, encoding.current(), line.sender.track))
  }

  function shapeAll(): void {
    shape('audio')
    shape('video')
  }

  function adopt(kind: TrackKind, line: RTCRtpTransceiver): void {
    lines.set(kind, line)
    shapers.set(kind, createSenderShaper(line.sender))
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
          sendEncodings: [toSenderParameters(kind, encoding.current(), track)],
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
      shape(kind)
    }
  }

  if (role === 'caller') offerLines()
  else connection.addEventListener('signalingstatechange', takeUpLines)
  const unsubscribe = [tracks.subscribe(send), encoding.subscribe(shapeAll)]

  return {
    received: () => pair,
    stop() {
      for (const end of unsubscribe) end()
      connection.removeEventListener('signalingstatechange', takeUpLines)
    },
  }
}
