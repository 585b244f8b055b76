import type { LinkEncoding } from '../../core/quality/qualityPlan.ts'
import { createSenderShaper, type SenderShaper } from './createSenderShaper.ts'
import type { LineKind, OutgoingTracks, ReceivedTracks } from './peerTracks.ts'
import { toSenderParameters } from './toSenderParameters.ts'

/** In the order in which the caller offers them, by which the callee knows them apart. */
const LINES = ['audio', 'video', 'screen', 'screenAudio'] as const satisfies readonly LineKind[]

/** Kinds of media as tracks name them. */
const trackKinds = {
  audio: 'audio',
  video: 'video',
  screen: 'video',
  screenAudio: 'audio',
} as const satisfies Record<LineKind, 'audio' | 'video'>

/** The lines of a connection, both ways from the start. */
export interface MediaLines {
  /** The tracks that arrive; null until the lines are there. */
  received(): ReceivedTracks | null
  /** Whether the line of this `mid` is one of a shared screen. */
  isScreen(mid: string | null): boolean
  /** Stops following our own tracks and what may be sent of them. */
  stop(): void
}

/**
 * Gives a connection a line for each kind that both sides may send on, whether or not they have a device or share a screen: the caller
 * adds them, the callee takes them up as soon as the offer is in. From then on muting, cameras and screens going on and off and other
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
  readonly onReceived: (received: ReceivedTracks) => void
}): MediaLines {
  const { connection, role, tracks, encoding } = options
  // What belongs together in one stream, so that lips and voice stay together (RFC 8843's sync by msid).
  const person = new MediaStream()
  const screen = new MediaStream()
  const streams = { audio: person, video: person, screen, screenAudio: screen } as const
  const lines = new Map<LineKind, RTCRtpTransceiver>()
  const shapers = new Map<LineKind, SenderShaper>()
  let received: ReceivedTracks | null = null

  function send(kind: LineKind): void {
    const line = lines.get(kind)
    if (line === undefined || connection.signalingState === 'closed') return
    line.sender
      .replaceTrack(tracks.current(kind))
      // Another camera has another size.
      .then(() => shape(kind))
      // Only when the connection was closed meanwhile.
      .catch(() => undefined)
  }

  function shape(kind: LineKind): void {
    const line = lines.get(kind)
    if (line === undefined || connection.signalingState === 'closed') return
    shapers.get(kind)?.shape(() => toSenderParameters(kind, encoding.current(), line.sender.track))
  }

  function shapeAll(): void {
    for (const kind of LINES) shape(kind)
  }

  function adopt(kind: LineKind, line: RTCRtpTransceiver): void {
    lines.set(kind, line)
    // Letters that were scaled down cannot be read: what moves in a screen gives up frames like the rest of it.
    const preference = kind === 'screen' ? 'maintain-resolution' : null
    shapers.set(kind, createSenderShaper(line.sender, preference))
  }

  /** All lines that there will be are there. */
  function tellReceived(): void {
    const audio = lines.get('audio')?.receiver
    const video = lines.get('video')?.receiver
    if (audio === undefined || video === undefined) return
    const shared = lines.get('screen')?.receiver
    const sharedAudio = lines.get('screenAudio')?.receiver
    received = {
      audio,
      video,
      ...(shared === undefined ? {} : { screen: shared }),
      ...(sharedAudio === undefined ? {} : { screenAudio: sharedAudio }),
    }
    options.onReceived(received)
  }

  function offerLines(): void {
    for (const kind of LINES) {
      const track = tracks.current(kind)
      adopt(
        kind,
        connection.addTransceiver(track ?? trackKinds[kind], {
          direction: 'sendrecv',
          streams: [streams[kind]],
          sendEncodings: [toSenderParameters(kind, encoding.current(), track)],
        }),
      )
    }
    tellReceived()
  }

  /** The offer is in and the answer not yet made: this event comes before `setRemoteDescription` resolves (W3C WebRTC, 4.4.1.5). */
  function takeUpLines(): void {
    if (connection.signalingState !== 'have-remote-offer') return
    for (const line of connection.getTransceivers()) {
      if (isAdopted(line)) continue
      const kind = LINES.find(
        (wanted) => trackKinds[wanted] === line.receiver.track.kind && !lines.has(wanted),
      )
      if (kind === undefined) continue
      line.direction = 'sendrecv'
      line.sender.setStreams(streams[kind])
      adopt(kind, line)
      send(kind)
      shape(kind)
    }
    // An offer of another path has the lines of the first one.
    if (received === null) tellReceived()
  }

  function isAdopted(line: RTCRtpTransceiver): boolean {
    return [...lines.values()].includes(line)
  }

  if (role === 'caller') offerLines()
  else connection.addEventListener('signalingstatechange', takeUpLines)
  const unsubscribe = [tracks.subscribe(send), encoding.subscribe(shapeAll)]

  return {
    received: () => received,
    isScreen: (mid) =>
      mid !== null && [lines.get('screen'), lines.get('screenAudio')].some((line) => line?.mid === mid),
    stop() {
      for (const end of unsubscribe) end()
      connection.removeEventListener('signalingstatechange', takeUpLines)
    },
  }
}
