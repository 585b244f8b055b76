/** Without a pulse for this long, what has arrived is counted. */
export const DOUBTFUL_AFTER_MS = 1_000
/** Without a pulse and without a byte for this long, nothing arrives. */
export const STALLED_AFTER_MS = 2_000

/** What is known of the way from somebody to us. */
export interface FlowWatch {
  /** The last sign of life: a pulse, or more bytes than before. */
  readonly heardAtMs: number
  /** At the latest count since then; null before it. */
  readonly bytes: number | null
  readonly isStalled: boolean
}

export function startFlowWatch(atMs: number): FlowWatch {
  return { heardAtMs: atMs, bytes: null, isStalled: false }
}

/** A pulse has come. */
export function handleHeard(_watch: FlowWatch, atMs: number): FlowWatch {
  return startFlowWatch(atMs)
}

/** Whether bytes are to be counted: pulses wait for a page that is busy, packets do not. */
export function isDoubtful(watch: FlowWatch, atMs: number): boolean {
  return watch.isStalled || atMs - watch.heardAtMs >= DOUBTFUL_AFTER_MS
}

/**
 * Bytes have been counted. Nothing is called stalled by the clock alone: a page that slept wakes up with an old pulse, and what counts
 * is whether anything has come between two looks.
 */
export function handleReading(watch: FlowWatch, atMs: number, bytes: number): FlowWatch {
  if (watch.bytes === null) return { ...watch, bytes }
  if (bytes > watch.bytes) return { heardAtMs: atMs, bytes, isStalled: false }
  return atMs - watch.heardAtMs >= STALLED_AFTER_MS ? { ...watch, bytes, isStalled: true } : watch
}
