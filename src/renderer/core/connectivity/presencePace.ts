/**
 * Hosted Realtime takes 5 presence calls of a client, that is of a socket, in 30 s and closes the channel of one more
 * (`CLIENT_PRESENCE_MAX_CALLS`, `CLIENT_PRESENCE_WINDOW_MS` of supabase/realtime). One less and a second more: calls may bunch together on
 * their way.
 */
export const PRESENCE_MAX_CALLS = 4
export const PRESENCE_WINDOW_MS = 31_000

/** The presence calls that still count, oldest first, by when they were made. */
export interface PresencePace {
  /** Names the socket that they went over. */
  readonly connection: number
  readonly calledAtMs: readonly number[]
}

/** Before the first call. */
export const initialPace: PresencePace = { connection: 0, calledAtMs: [] }

/** What to do about somebody who wants to tell that they are here: now, or after a wait, in which the latest wish is the one that counts. */
export type PresencePlan =
  | { readonly kind: 'call'; readonly pace: PresencePace }
  | { readonly kind: 'wait'; readonly delayMs: number; readonly pace: PresencePace }

/** Decides about one call over the socket named `connection`; another socket than before has nothing counted yet. */
export function planPresenceCall(pace: PresencePace, connection: number, nowMs: number): PresencePlan {
  const before = pace.connection === connection ? pace.calledAtMs : []
  // A clock that was set back makes moments of the past lie ahead: those count as of now, so that no wait is longer than the window.
  const counted = before
    .map((atMs) => Math.min(atMs, nowMs))
    .filter((atMs) => atMs > nowMs - PRESENCE_WINDOW_MS)
  const [oldest] = counted
  if (oldest !== undefined && counted.length >= PRESENCE_MAX_CALLS) {
    return {
      kind: 'wait',
      delayMs: oldest + PRESENCE_WINDOW_MS - nowMs,
      pace: { connection, calledAtMs: counted },
    }
  }
  return { kind: 'call', pace: { connection, calledAtMs: [...counted, nowMs] } }
}
