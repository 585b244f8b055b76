/** A bucket of permits that refills steadily. Times are milliseconds of any monotonic clock. */
export interface TokenBucket {
  readonly permits: number
  readonly updatedAtMs: number
}

export interface RateLimit {
  readonly perSecond: number
  readonly burst: number
}

/** A full bucket. */
export function createBucket(limit: RateLimit, nowMs: number): TokenBucket {
  return { permits: limit.burst, updatedAtMs: nowMs }
}

/** Takes one permit. `allowed` is false, and nothing is taken, when none is left. */
export function takePermit(
  bucket: TokenBucket,
  limit: RateLimit,
  nowMs: number,
): { readonly bucket: TokenBucket; readonly allowed: boolean } {
  const elapsedMs = Math.max(0, nowMs - bucket.updatedAtMs)
  const permits = Math.min(limit.burst, bucket.permits + (elapsedMs / 1_000) * limit.perSecond)
  const allowed = permits >= 1
  return { bucket: { permits: allowed ? permits - 1 : permits, updatedAtMs: nowMs }, allowed }
}

/** Calls in a window that begins with its first call, as Supabase counts presence calls. */
export interface CallWindow {
  readonly calls: number
  readonly endsAtMs: number
}

export const emptyWindow: CallWindow = { calls: 0, endsAtMs: 0 }

/** Counts one call. `allowed` is false when the window already holds `maxCalls`. */
export function countCall(
  window: CallWindow,
  limit: { readonly maxCalls: number; readonly windowMs: number },
  nowMs: number,
): { readonly window: CallWindow; readonly allowed: boolean } {
  if (nowMs >= window.endsAtMs)
    return { window: { calls: 1, endsAtMs: nowMs + limit.windowMs }, allowed: true }
  if (window.calls >= limit.maxCalls) return { window, allowed: false }
  return { window: { ...window, calls: window.calls + 1 }, allowed: true }
}
