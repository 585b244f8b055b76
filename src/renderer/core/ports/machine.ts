import type { MachineChange, MachineFigures } from '../../../shared/machine/machineFigures.ts'

/** How the computer does. */
export interface MachinePort {
  /** Has it measured, every 2 s, for as long as anybody listens; the answer ends it. */
  watchFigures(listener: (figures: MachineFigures) => void): () => void
  /** Calls back when the computer goes to sleep, wakes up, is locked, finds other networks; the answer ends it. */
  watchChanges(listener: (change: MachineChange) => void): () => void
}
