/** Waits for a token to expire. */
export interface ExpiryWatch {
  /** Replaces the moment being waited for; null waits for none. */
  watch(expiresAtMs: number | null): void
  stop(): void
}

/** Checked again at least this often, because a clock can be set and a computer can sleep. */
const maxWaitMs = 300_000

/** Calls `onExpired` with the whole seconds since the expiry. `now` is milliseconds since 1970. */
export function createExpiryWatch(now: () => number, onExpired: (secondsAgo: number) => void): ExpiryWatch {
  let timer: NodeJS.Timeout | null = null

  function stop(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
  }

  function watch(expiresAtMs: number | null): void {
    stop()
    if (expiresAtMs === null) return
    const leftMs = expiresAtMs - now()
    timer = setTimeout(
      () => {
        const overMs = now() - expiresAtMs
        if (overMs >= 0) onExpired(Math.floor(overMs / 1_000))
        else watch(expiresAtMs)
      },
      Math.max(0, Math.min(leftMs, maxWaitMs)),
    )
  }

  return { watch, stop }
}
