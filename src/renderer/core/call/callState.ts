import type { IceServer } from '../../../shared/api/rooms.ts'
import type { MediaState, Participant } from '../../../shared/domain/participant.ts'
import type { Room } from '../../../shared/domain/room.ts'
import type { SignalData, SignalMessage } from '../../../shared/realtime/roomEvents.ts'
import type { Account } from '../ports/auth.ts'
import type { RoomsFailure } from '../ports/rooms.ts'
import type { TopologyState } from '../topology/topologyState.ts'
import type { CallEnd } from './callSnapshot.ts'

/** What has been exchanged in one negotiation about a peer. */
export interface Negotiation {
  readonly generation: number
  /** The negotiation that the peer was made in. Below `generation`: the same peer has been looking for another path since. */
  readonly peerGeneration: number
  /** Everything our peer of this generation has handed out, so that it can be said again to somebody who was not listening. */
  readonly sent: readonly SignalData[]
  /** How many of `sent` have gone out at least once. */
  readonly deliveredCount: number
  /** Whether the other side's offer or answer is in; a second one would be an error to the peer. */
  readonly remoteDescription: 'awaited' | 'applied'
}

/** The link to one person. Only `connecting`, `connected` and `interrupted` have a peer. */
export type Link =
  /** `generation`: of the peer that was there before, −1 for none. */
  | { readonly kind: 'waiting'; readonly generation: number }
  | ({ readonly kind: 'connecting' } & Negotiation)
  | ({ readonly kind: 'connected' } & Negotiation)
  /** Nothing arrives. `tries` counts what was done about it, `restarts` how often that was another path with somebody in reach. */
  | ({ readonly kind: 'interrupted'; readonly tries: number; readonly restarts: number } & Negotiation)
  | { readonly kind: 'broken'; readonly generation: number; readonly cause: 'failed' | 'closed' }

/**
 * Whether somebody listens to signals. `unknown` until the first list after (re)joining the channel; `absent`: missing and
 * the grace time runs; `overdue`: missing for longer, kept because their media still arrives.
 */
export type Presence = 'unknown' | 'present' | 'absent' | 'overdue'

/** Somebody else in the call. */
export interface Person {
  readonly participant: Participant
  readonly role: 'caller' | 'callee'
  readonly link: Link
  readonly presence: Presence
  /** Peers that ended without ever connecting, or since the last one that did. */
  readonly failedAttempts: number
  readonly hasConnected: boolean
  /** `heard`: by broadcast since the channel was joined, and so never older than what the database lists. */
  readonly mediaStateFrom: 'listed' | 'heard'
}

/** A message of somebody, without its address. */
export type ReceivedSignals = Pick<SignalMessage, 'generation' | 'peerGeneration' | 'signals'>

/** What arrived from a connection that we do not know yet. Bounded. */
export interface EarlyMail {
  readonly connectionId: string
  readonly signals: readonly ReceivedSignals[]
  readonly mediaState: MediaState | null
}

/** Our own media state on its way to others: at most one broadcast and one write a window. */
export interface OutgoingMediaState {
  readonly current: MediaState
  readonly announced: MediaState | null
  readonly persisted: MediaState | null
  readonly window: 'idle' | 'running'
  /**
   * `failed`: the last write did, and the next one waits for a change or a heartbeat that gets through; `limited`: it waits for the time
   * that the server named.
   */
  readonly writes: 'open' | 'failed' | 'limited'
}

export interface LiveCall {
  readonly kind: 'live'
  readonly room: Room
  readonly account: Account
  readonly connectionId: string
  readonly joinedAt: string
  readonly iceServers: readonly IceServer[]
  /** `moving`: from a topic that worked to the one the room goes on at. Nothing is wrong, and nobody needs to know. */
  readonly signaling: 'connecting' | 'joined' | 'reconnecting' | 'moving' | 'refused'
  /** Where signaling happens. */
  readonly topic: string
  readonly topology: TopologyState
  readonly isMutedByCreator: boolean
  /** Since when our own hand is up, as the database has it; null: it is down. */
  readonly handRaisedAt: string | null
  /** In the order of joining. */
  readonly people: readonly Person[]
  /** Connection ids of the latest presence list; null before the first one after (re)joining the channel. */
  readonly present: readonly string[] | null
  /** Connections that ended for good: news about them that arrives late is not believed. Newest last, bounded. */
  readonly departed: readonly string[]
  /** Connections dropped because they were absent, with their last generation; they may come back. */
  readonly dropped: Readonly<Record<string, number>>
  readonly earlyMail: readonly EarlyMail[]
  readonly media: OutgoingMediaState
  /** Times that we had to join again since signaling last worked. */
  readonly rejoinCount: number
}

export type CallState =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'joining'
      readonly roomId: string
      readonly connectionId: string
      readonly account: Account
      readonly mediaState: MediaState
    }
  | { readonly kind: 'refused'; readonly roomId: string; readonly failure: RoomsFailure }
  | LiveCall
  | {
      readonly kind: 'rejoining'
      /** The call as it was; its peers and channel are closed. */
      readonly call: LiveCall
      /** Null until a new id has come. */
      readonly connectionId: string | null
      readonly failedTries: number
    }
  | { readonly kind: 'ended'; readonly roomId: string; readonly roomName: string; readonly reason: CallEnd }

/** The negotiation of a link that has a peer, else null. */
export function selectNegotiation(link: Link): Negotiation | null {
  switch (link.kind) {
    case 'connecting':
    case 'connected':
    case 'interrupted':
      return link
    case 'waiting':
    case 'broken':
      return null
  }
}

/** The latest generation of a link, −1 before the first. */
export function selectGeneration(link: Link): number {
  return link.generation
}
