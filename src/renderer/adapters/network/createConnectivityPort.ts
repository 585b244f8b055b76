import type { ConnectivityChange, ConnectivityPort } from '../../core/ports/connectivity.ts'

/** The Network Information API (WICG), which not every browser has. */
declare global {
  interface Navigator {
    readonly connection?: EventTarget
  }
}

const TICK_INTERVAL_MS = 1_000
/** A second that took this long was slept through: hidden windows are held up by less. */
const SLEPT_AFTER_MS = 5_000

/**
 * The browser's own events, and a clock: after sleep the wall clock has gone on without our timers. A clock that is set forward looks
 * the same, and does no harm.
 */
export function createConnectivityPort(): ConnectivityPort {
  return {
    watch(listener) {
      let tickedAtMs = Date.now()
      const tell = (change: ConnectivityChange) => (): void => listener(change)
      const handleOnline = tell('online')
      const handleChanged = tell('changed')
      const handleResumed = tell('resumed')
      const timer = setInterval(() => {
        const nowMs = Date.now()
        const isAwakeAgain = nowMs - tickedAtMs > SLEPT_AFTER_MS
        tickedAtMs = nowMs
        if (isAwakeAgain) handleResumed()
      }, TICK_INTERVAL_MS)
      window.addEventListener('online', handleOnline)
      navigator.connection?.addEventListener('change', handleChanged)
      // Chromium freezes and resumes pages by itself as well (Page Lifecycle).
      document.addEventListener('resume', handleResumed)
      return () => {
        clearInterval(timer)
        window.removeEventListener('online', handleOnline)
        navigator.connection?.removeEventListener('change', handleChanged)
        document.removeEventListener('resume', handleResumed)
      }
    },
  }
}
