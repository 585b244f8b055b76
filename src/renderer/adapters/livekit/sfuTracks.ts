import type { MediaKind } from '../../core/ports/mediaRoutes.ts'
import type { LinkEncoding, Subscription } from '../../core/quality/qualityPlan.ts'

/** Our own tracks as they are to be sent at the moment; null sends nothing. */
export interface OutgoingTracks {
  current(kind: MediaKind): MediaStreamTrack | null
  /** SECURITY: what is false here must stay silent, whatever else becomes of the track. */
  isEnabled(track: MediaStreamTrack): boolean
  /** Calls back after each change of a track, and after it was enabled or disabled; the answer ends it. */
  subscribe(listener: (kind: MediaKind) => void): () => void
}

/** What each link sends at most. */
export interface OutgoingEncodings {
  /** Null: nothing was said of this link yet. */
  current(linkId: string): LinkEncoding | null
  /** Calls back each time something was said; the answer ends it. */
  subscribe(listener: () => void): () => void
}

/** What is wanted of others' pictures. */
export interface WantedPictures {
  /** Null: nothing is said of this person. */
  current(connectionId: string): Subscription | null
  /** Calls back each time something was said; the answer ends it. */
  subscribe(listener: () => void): () => void
}

/** Whose sound is wanted. */
export interface WantedSounds {
  isWanted(connectionId: string): boolean
  /** Calls back whenever that may have changed; the answer ends it. */
  subscribe(listener: () => void): () => void
}

/** Who may see us. */
export interface Audience {
  seesUs(connectionId: string): boolean
  /** Calls back whenever that may have changed; the answer ends it. */
  subscribe(listener: () => void): () => void
}

/** Whose track arrives. */
export interface ReceivedSource {
  readonly connectionId: string
  readonly path: 'sfu'
  readonly kind: MediaKind
}

/** A track that arrives. */
export interface ReceivedTrack {
  readonly track: MediaStreamTrack
  readonly receiver: RTCRtpReceiver
  /** Shows a picture in an element, in place of what is there; the answer ends it. */
  readonly attach: ((element: HTMLVideoElement) => () => void) | null
}

/** Where a session tells who speaks. */
export interface SpeechSink {
  /** How loud those are who speak, 0 to 1; everybody else is silent. */
  setLevels(levels: ReadonlyMap<string, number>): void
}

/** Where a session puts what arrives from other people. */
export interface ReceivedTracksSink {
  /** Replaces what was there. */
  setRemote(source: ReceivedSource, received: ReceivedTrack): void
  /** Removes the track if it is still the one that was set. */
  removeRemote(source: ReceivedSource, track: MediaStreamTrack): void
}
