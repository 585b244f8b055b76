import type { CallTimer } from '../../core/call/callEvents.ts'
import type { Clock } from '../../core/ports/clock.ts'

/** Timers by name: starting one again replaces it. */
export interface Timers {
  start(timer: CallTimer, delayMs: number): void
  stop(timer: CallTimer): void
  stopAll(): void
}

export function createTimers(clock: Clock, onFired: (timer: CallTimer) => void): Timers {
  const running = new Map<string, () => void>()

  function keyOf(timer: CallTimer): string {
    return 'connectionId' in timer ? `${timer.kind}:${timer.connectionId}` : timer.kind
  }

  function stop(timer: CallTimer): void {
    running.get(keyOf(timer))?.()
    running.delete(keyOf(timer))
  }

  return {
    start(timer, delayMs) {
      stop(timer)
      const cancel = clock.schedule(delayMs, () => {
        running.delete(keyOf(timer))
        onFired(timer)
      })
      running.set(keyOf(timer), cancel)
    },
    stop,
    stopAll() {
      for (const cancel of running.values()) cancel()
      running.clear()
    },
  }
}
