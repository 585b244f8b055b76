import type { MachineReading } from '../quality/qualityInput.ts'

/** How the computer does. */
export interface MachinePort {
  /** Calls back with each reading; the answer ends it. */
  subscribe(listener: (reading: MachineReading) => void): () => void
}
