import type { LinkEncoding } from '../../core/quality/qualityPlan.ts'

/** Kinds of media as tracks name them. */
export type TrackKind = 'audio' | 'video'

/** Our own tracks as they are to be sent at the moment; null sends nothing. */
export interface OutgoingTracks {
  current(kind: TrackKind): MediaStreamTrack | null
  /** Calls back after each change; the answer ends it. */
  subscribe(listener: (kind: TrackKind) => void): () => void
}

/** What each connection may send at the moment; null: nothing was said of it yet. */
export interface OutgoingEncodings {
  current(connectionId: string): LinkEncoding | null
  /** Calls back each time something was said; the answer ends it. */
  subscribe(listener: () => void): () => void
}

/** What one peer receives by. Both exist from the start, and their tracks go silent or dark by themselves. */
export interface ReceivedTracks {
  readonly audio: RTCRtpReceiver
  readonly video: RTCRtpReceiver
}

/** Where peers put what arrives from other people. */
export interface ReceivedTracksSink {
  /** Replaces what was there for this connection. */
  set(connectionId: string, tracks: ReceivedTracks): void
  /** Removes the tracks if they are still the ones that were set. */
  remove(connectionId: string, tracks: ReceivedTracks): void
}
