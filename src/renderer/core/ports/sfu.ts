import type { IceServer } from '../../../shared/api/rooms.ts'

/** How to reach a media server. SECURITY: the token opens one room for one connection; it is written nowhere. */
export interface SfuAccess {
  readonly url: string
  readonly token: string
}

export interface SfuOptions extends SfuAccess {
  /** Always passed on, also when empty: nothing is asked of servers that were not named here. */
  readonly iceServers: readonly IceServer[]
  /** SECURITY: connections that may receive what we send. Whoever else comes to the server, with a token from before, gets none of it. */
  readonly receivers: readonly string[]
}

/**
 * Why a session is over. `unreachable`: the server does not answer, or could not be got back in time. `refused`: it does not
 * take this token. `putOut`: it has ended our session.
 */
export type SfuEnd = 'unreachable' | 'refused' | 'putOut'

export interface SfuHandlers {
  /** Media can flow; again after each `handleInterrupted` that mended by itself. */
  handleConnected(): void
  /** The connection is lost and sought again. */
  handleInterrupted(): void
  /** Connections of everybody else whose media can flow, after each change. */
  handlePeople(connectionIds: readonly string[]): void
  /** The last call of all. Not called after `close()`. */
  handleGone(end: SfuEnd): void
}

/** One connection to a media server. Sends whatever local media is on. */
export interface SfuSession {
  /** Who may receive what we send, from now on. */
  setReceivers(connectionIds: readonly string[]): void
  /** Ends it and calls no handler from now on. May be repeated. */
  close(): void
}

/** Makes sessions on a media server. */
export interface SfuPort {
  /** Makes the first `open` quick; for a moment in which nobody waits. Does its work once. */
  warmUp(): void
  open(options: SfuOptions, handlers: SfuHandlers): SfuSession
}
