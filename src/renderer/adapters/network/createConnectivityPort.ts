import type { MachineChange } from '../../../shared/machine/machineFigures.ts'
import {
  admitChange,
  type ChangeSource,
  selectConnectivityChange,
  type ToldChanges,
} from '../../core/connectivity/admitChange.ts'
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
 * The browser's own events; a clock, because after sleep the wall clock has gone on without our timers (one that is set forward looks
 * the same, and does no harm); and what the system tells the main process, which knows of addresses and of sleep too short for
 * the clock. What both notice is told once.
 */
export function createConnectivityPort(
  watchSystem: (listener: (change: MachineChange) => void) => () => void,
): ConnectivityPort {
  return {
    watch(listener) {
      let tickedAtMs = Date.now()
      let told: ToldChanges = {}
      function tell(change: ConnectivityChange, source: ChangeSource): void {
        const admitted = admitChange(told, change, source, Date.now())
        told = admitted.told
        if (admitted.isNews) listener(change)
      }
      const handleOnline = (): void => tell('online', 'page')
      const handleChanged = (): void => tell('changed', 'page')
      const handleResumed = (): void => tell('resumed', 'page')
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
      const unwatchSystem = watchSystem((machineChange) => {
        const change = selectConnectivityChange(machineChange)
        if (change !== null) tell(change, 'system')
      })
      return () => {
        clearInterval(timer)
        window.removeEventListener('online', handleOnline)
        navigator.connection?.removeEventListener('change', handleChanged)
        document.removeEventListener('resume', handleResumed)
        unwatchSystem()
      }
    },
  }
}
