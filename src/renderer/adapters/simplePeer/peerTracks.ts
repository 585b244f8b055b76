import type { LinkEncoding } from '../../core/quality/qualityPlan.ts'

/** The lines of a connection, by what goes over them: a voice, a face, a shared screen and the sound that belongs to it. */
export type LineKind = 'audio' | 'video' | 'screen' | 'screenAudio'

/** Our own tracks as they are to be sent at the moment; null sends nothing. */
export interface OutgoingTracks {
  current(kind: LineKind): MediaStreamTrack | null
  /** Calls back after each change; the answer ends it. */
  subscribe(listener: (kind: LineKind) => void): () => void
}

/** What each connection may send at the moment; null: nothing was said of it yet. */
export interface OutgoingEncodings {
  current(connectionId: string): LinkEncoding | null
  /** Calls back each time something was said; the answer ends it. */
  subscribe(listener: () => void): () => void
}

/**
 * What one peer receives by. All exist from the start, and their tracks go silent or dark by themselves; an older app at the other end
 * has no lines for screens.
 */
export type ReceivedTracks = Readonly<
  Record<'audio' | 'video', RTCRtpReceiver> & Partial<Record<'screen' | 'screenAudio', RTCRtpReceiver>>
>

/** Where peers put what arrives from other people. */
export interface ReceivedTracksSink {
  /** Replaces what was there for this connection. */
  set(connectionId: string, tracks: ReceivedTracks): void
  /** Removes the tracks if they are still the ones that were set. */
  remove(connectionId: string, tracks: ReceivedTracks): void
}
