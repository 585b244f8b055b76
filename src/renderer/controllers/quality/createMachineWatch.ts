import type { MachinePort } from '../../core/ports/machine.ts'
import type { MachineReading } from '../../core/quality/qualityInput.ts'
import { selectMachineReading } from '../../core/quality/selectMachineReading.ts'

/** What quality knows of the machine. */
export interface MachineWatch {
  /** Nothing but nulls while nobody measures. */
  reading(): MachineReading
  /** Nobody sees anything behind a lock. Systems that do not tell of theirs are never locked. */
  isLocked(): boolean
  /** Begins to have it measured; does nothing when it is already. */
  start(): void
  stop(): void
}

const nothingMeasured: MachineReading = { cpuLoadPercent: null, battery: null, thermalState: null }

/** Follows the machine between `start` and `stop`, and tells of each change. `port` null: nobody measures it. */
export function createMachineWatch(port: MachinePort | null, onNews: () => void): MachineWatch {
  let reading = nothingMeasured
  let isLocked = false
  let ends: readonly (() => void)[] | null = null
  return {
    reading: () => reading,
    isLocked: () => isLocked,
    start() {
      if (port === null || ends !== null) return
      ends = [
        port.watchFigures((figures) => {
          reading = selectMachineReading(figures)
          onNews()
        }),
        port.watchChanges((change) => {
          if (change !== 'locked' && change !== 'unlocked') return
          isLocked = change === 'locked'
          onNews()
        }),
      ]
    },
    stop() {
      for (const end of ends ?? []) end()
      ends = null
      reading = nothingMeasured
      isLocked = false
    },
  }
}
