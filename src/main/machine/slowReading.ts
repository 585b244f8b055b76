/**
 * When something that costs a child process, as temperature does, is read again: seldom, and not any more once it was
 * not given twice, because a machine grows no sensors.
 */
export interface SlowReading<T> {
  readonly value: T | null
  readonly dueAtMs: number
  readonly missedCount: number
}

/** So often in a row must it be missing to be taken for missing. */
const MISSES_BEFORE_REST = 2

export const unread = { value: null, dueAtMs: Number.NEGATIVE_INFINITY, missedCount: 0 } as const

export function isDue(reading: SlowReading<unknown>, nowMs: number): boolean {
  return reading.missedCount < MISSES_BEFORE_REST && nowMs >= reading.dueAtMs
}

/** After it was read; null: not given. */
export function noteReading<T>(
  before: SlowReading<T>,
  value: T | null,
  nowMs: number,
  intervalMs: number,
): SlowReading<T> {
  return {
    value,
    dueAtMs: nowMs + intervalMs,
    missedCount: value === null ? before.missedCount + 1 : 0,
  }
}

/** To be read at once, also what had been missing: something about it has changed. */
export function renew<T>(reading: SlowReading<T>): SlowReading<T> {
  return { value: reading.value, dueAtMs: unread.dueAtMs, missedCount: 0 }
}
