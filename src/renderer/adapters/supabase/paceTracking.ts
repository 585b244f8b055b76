import { initialPace, planPresenceCall } from '../../core/connectivity/presencePace.ts'
import type { Clock } from '../../core/ports/clock.ts'

/** Presence calls as often as Realtime takes them. */
export interface PacedTracking {
  /** Makes the call now or as soon as it may be made; a later wish takes the place of one that waits. The answer takes the wish back. */
  want(call: () => void): () => void
}

/** One for all channels of a client. `connection` names the socket at the moment. */
export function paceTracking(clock: Clock, connection: () => number): PacedTracking {
  let pace = initialPace
  let waiting: { readonly call: () => void; readonly cancel: () => void } | null = null

  function forget(): void {
    waiting?.cancel()
    waiting = null
  }

  return {
    want(call) {
      forget()
      const attempt = (): void => {
        const plan = planPresenceCall(pace, connection(), clock.now())
        pace = plan.pace
        if (plan.kind === 'call') {
          waiting = null
          call()
        } else waiting = { call, cancel: clock.schedule(plan.delayMs, attempt) }
      }
      attempt()
      return () => {
        if (waiting?.call === call) forget()
      }
    },
  }
}
