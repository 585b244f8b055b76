import type { IceServer } from '../../../shared/api/rooms.ts'
import type { SignalData } from '../../../shared/realtime/roomEvents.ts'

/** What a peer is opened with. Our own tracks are no part of it: the adapter sends whatever local media is on. */
export interface PeerOptions {
  /** The other side. */
  readonly connectionId: string
  /** Counts the peers made for this pair; told back with nothing, the caller of `open` keeps it. */
  readonly generation: number
  readonly role: 'caller' | 'callee'
  /** Always passed on, also when empty: nothing is asked of servers that were not named here. */
  readonly iceServers: readonly IceServer[]
}

/** Why a peer is over. `failed`: never a path, or a protocol error. `closed`: the other side ended it. */
export type PeerEnd = 'failed' | 'closed'

export interface PeerHandlers {
  /** To be carried to the other side, in order. Candidates come in batches. */
  handleSignals(signals: readonly SignalData[]): void
  /** Media can flow; again after each `handleInterrupted` that has mended. */
  handleConnected(): void
  /** Nothing has arrived from the other side for two seconds, or the browser says so sooner. The peer lives on. */
  handleInterrupted(): void
  /** The last call of all: the peer is destroyed. Not called after `destroy()`. */
  handleGone(end: PeerEnd): void
}

/** One connection to one other person. */
export interface Peer {
  signal(signals: readonly SignalData[]): void
  /**
   * Goes on with other ICE credentials and, from now on, these servers: the caller's peer makes an offer, the callee's waits for it.
   * Media that still flows is not disturbed.
   */
  restart(iceServers: readonly IceServer[]): void
  /** Ends it and calls no handler from now on. May be repeated. */
  destroy(): void
}

/** Makes peers. Camera, microphone and their changes never need another negotiation. */
export interface PeerPort {
  /** Makes the first `open` quick; for a moment in which nobody waits. Does its work once. */
  warmUp(): void
  open(options: PeerOptions, handlers: PeerHandlers): Peer
}
