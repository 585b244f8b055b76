/** An offer nobody has answered is said again this often, while its addressee listens. */
export const ANSWER_PATIENCE_MS = 4_000
/** The same, right after we have begun to listen ourselves: the addressee may have begun between our offer and the list. */
export const FIRST_ANSWER_PATIENCE_MS = 400
/** A peer that was answered has this long to find a path. */
export const CONNECT_PATIENCE_MS = 10_000
/** A callee waits longer than its caller before it asks for a new peer, so that both do not act at once. */
export const CALLEE_PATIENCE_MS = 12_000
/**
 * Another path of the same peer has this long to carry media. A check over 500 ms of round trip is answered well within it. Not longer: ICE keeps
 * to a pair that it takes for good for up to 5 s, above all where it is cut in one direction only, and a new peer has no such pair.
 */
export const RESTART_PATIENCE_MS = 2_000
/** A callee waits longer than its caller for another path that the caller has begun to seek. */
export const CALLEE_RESTART_PATIENCE_MS = 3_000
/** A callee on whose path nothing arrives lets its caller act first. */
export const CALLEE_INTERRUPTION_PATIENCE_MS = 1_000
/** So many other paths are tried with somebody who answers before the peer itself is replaced. */
export const RESTARTS_BEFORE_NEW_PEER = 1
/** From this many tries on, a link is shown as failed; it is tried on all the same. Some 20 s. */
export const INTERRUPTED_FOR_GOOD_TRIES = 9
/** TURN credentials are good for 12 h: they are asked for anew at half of it, and sooner after no answer. */
export const ICE_SERVERS_INTERVAL_MS = 6 * 60 * 60 * 1_000
export const ICE_SERVERS_RETRY_MS = 5 * 60 * 1_000
/** Missing in presence for this long and without media: gone. An outage of 10 s must pass, a killed client go within 20 s. */
export const ABSENCE_GRACE_MS = 15_000
/** For somebody long missing in presence whose media stops only now. */
export const OVERDUE_GRACE_MS = 5_000
/** After a heartbeat that reached nobody. */
export const HEARTBEAT_RETRY_MS = 5_000
/** After a participant list that could not be read. */
export const REREAD_DELAY_MS = 2_000
/** Before the topology is read again: its news is most often on its way already. */
export const TOPOLOGY_REREAD_DELAY_MS = 2_000
/** Somebody who could have come over to another path for this long is taken to be there. */
export const PASSAGE_PATIENCE_MS = 10_000
/**
 * This many peers in a row without a path: two people cannot reach each other directly. Not one: a peer that ends counts as well where somebody
 * leaves before we hear of it, or their network changes in the middle of a check, and the room of everybody would stay on the server for it.
 */
export const MESH_FAILED_AFTER_ATTEMPTS = 2
/** Times that a lost place in the room is sought again before giving up. */
export const REJOIN_MAX_TRIES = 10
/** Times in a row that joining again may lead to a channel that refuses us. */
export const REJOIN_MAX_COUNT = 3
/** From this many failed peers on, a link is shown as failed; it is tried on all the same. */
export const FAILED_AFTER_ATTEMPTS = 3

const REBUILD_DELAYS_MS = [250, 1_000, 2_000, 4_000, 8_000, 15_000] as const

/** How long to wait before the next peer. A clean close is most often somebody leaving: the news of it is given a second. */
export function rebuildDelayMs(failedAttempts: number, cause: 'failed' | 'closed'): number {
  const delayMs =
    REBUILD_DELAYS_MS[Math.min(failedAttempts, REBUILD_DELAYS_MS.length) - 1] ?? REBUILD_DELAYS_MS[0]
  return cause === 'closed' ? Math.max(delayMs, 1_000) : delayMs
}

/** How long to wait before trying to get our place back, unless the server named a time. */
export function rejoinDelayMs(failedTries: number, retryAfterMs: number | null): number {
  return retryAfterMs ?? Math.min(1_000 * failedTries, 5_000)
}

const SFU_RETRY_DELAYS_MS = [500, 1_000, 2_000, 4_000, 8_000] as const

/** How long to wait before the next try to reach the media server: at least what the server named, and up to half more. */
export function sfuRetryDelayMs(
  failedTries: number,
  retryAfterMs: number | null,
  jitterRatio: number,
): number {
  const delayMs =
    SFU_RETRY_DELAYS_MS[Math.min(failedTries, SFU_RETRY_DELAYS_MS.length) - 1] ?? SFU_RETRY_DELAYS_MS[0]
  return Math.round(Math.max(delayMs, retryAfterMs ?? 0) * (1 + jitterRatio / 2))
}
