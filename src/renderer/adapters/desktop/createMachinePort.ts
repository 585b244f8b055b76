import { MACHINE_WATCH_MS } from '../../../shared/limits.ts'
import type { DesktopApi } from '../../../shared/ipc/desktopApi.ts'
import type { MachineFigures } from '../../../shared/machine/machineFigures.ts'
import type { MachinePort } from '../../core/ports/machine.ts'

/** Early enough for the watch not to end in between, even where a hidden window's timers come a minute late. */
const RENEWAL_INTERVAL_MS = MACHINE_WATCH_MS / 2.5

/** The main process's measurements. It measures while anybody here listens: the first one has it begin, the last one has it end. */
export function createMachinePort(desktop: Pick<DesktopApi, 'machine'>): MachinePort {
  const listeners = new Set<(figures: MachineFigures) => void>()
  let end: () => void = () => undefined

  function tell(figures: MachineFigures): void {
    for (const listener of listeners) listener(figures)
  }

  function begin(): () => void {
    const unsubscribe = desktop.machine.onMeasured(tell)
    // A watch that cannot be had is a machine that is not measured; what it would have told comes as events.
    void desktop.machine.watch()
    const timer = setInterval(() => void desktop.machine.watch(), RENEWAL_INTERVAL_MS)
    return () => {
      clearInterval(timer)
      unsubscribe()
      void desktop.machine.unwatch()
    }
  }

  return {
    watchFigures(listener) {
      listeners.add(listener)
      if (listeners.size === 1) end = begin()
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) end()
      }
    },
    watchChanges: (listener) => desktop.machine.onChanged(listener),
  }
}
