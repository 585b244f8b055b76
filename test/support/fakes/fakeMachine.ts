import type { MachineChange, MachineFigures } from '../../../src/shared/machine/machineFigures.ts'
import type { MachinePort } from '../../../src/renderer/core/ports/machine.ts'

/** A computer that tells what the test has it tell. */
export interface FakeMachine {
  readonly port: MachinePort
  measure(figures: MachineFigures): void
  change(change: MachineChange): void
  /** Whether anybody has it measured. */
  isWatched(): boolean
}

export function createFakeMachine(): FakeMachine {
  const watching = new Set<(figures: MachineFigures) => void>()
  const listening = new Set<(change: MachineChange) => void>()
  return {
    port: {
      watchFigures(listener) {
        watching.add(listener)
        return () => watching.delete(listener)
      },
      watchChanges(listener) {
        listening.add(listener)
        return () => listening.delete(listener)
      },
    },
    measure(figures) {
      for (const tell of watching) tell(figures)
    },
    change(change) {
      for (const tell of listening) tell(change)
    },
    isWatched: () => watching.size > 0,
  }
}
