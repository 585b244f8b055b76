/** A little less than the 2 s that readers wait between two, so that none of them gets the same reading twice. */
const MAX_AGE_MS = 1_900

/**
 * One reading for all who ask within a short while: `getStats()` costs the page more than it looks, as it waits for the threads
 * that carry media. `now` counts milliseconds from any point.
 */
export function shareReading<T>(read: () => Promise<T>, now: () => number): () => Promise<T> {
  let last: { readonly atMs: number; readonly reading: Promise<T> } | null = null
  return () => {
    const atMs = now()
    if (last === null || atMs - last.atMs >= MAX_AGE_MS) last = { atMs, reading: read() }
    return last.reading
  }
}
