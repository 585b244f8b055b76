/** Time and timers from outside, so that a test can hold them. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Calls `action` once after `delayMs`; the answer cancels it. */
  schedule(delayMs: number, action: () => void): () => void
}
