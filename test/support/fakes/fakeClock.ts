import type { Clock } from '../../../src/renderer/core/ports/clock.ts'

/** Time that stands still until a test moves it. */
export interface FakeClock extends Clock {
  /** Moves time on and runs what falls due, in order. */
  advance(durationMs: number): void
  /** The same, and lets promises settle after each timer. */
  advanceAsync(durationMs: number): Promise<void>
  /** How many timers wait. */
  pendingCount(): number
}

interface Scheduled {
  readonly dueAt: number
  readonly order: number
  readonly action: () => void
}

export function createFakeClock(startAt = 0): FakeClock {
  let nowMs = startAt
  let order = 0
  const scheduled = new Set<Scheduled>()

  function takeNext(until: number): Scheduled | undefined {
    const [next] = [...scheduled]
      .filter((timer) => timer.dueAt <= until)
      .sort((a, b) => a.dueAt - b.dueAt || a.order - b.order)
    if (next === undefined) return undefined
    scheduled.delete(next)
    nowMs = next.dueAt
    return next
  }

  return {
    now: () => nowMs,
    schedule(delayMs, action) {
      const timer = { dueAt: nowMs + delayMs, order: ++order, action }
      scheduled.add(timer)
      return () => scheduled.delete(timer)
    },
    advance(durationMs) {
      const until = nowMs + durationMs
      for (let next = takeNext(until); next !== undefined; next = takeNext(until)) next.action()
      nowMs = until
    },
    async advanceAsync(durationMs) {
      const until = nowMs + durationMs
      await settle()
      for (let next = takeNext(until); next !== undefined; next = takeNext(until)) {
        next.action()
        await settle()
      }
      nowMs = until
    },
    pendingCount: () => scheduled.size,
  }
}

/** Lets everything that is ready to run do so. */
async function settle(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve)
  })
}
