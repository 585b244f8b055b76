/** Milliseconds to wait before the next attempt: doubling from `minMs` up to `maxMs`; `failures` counts from 0. */
export function reconnectDelayMs(failures: number, minMs: number, maxMs: number): number {
  return Math.min(maxMs, minMs * 2 ** Math.min(failures, 20))
}
