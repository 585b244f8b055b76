import { createMachinePort } from '../adapters/desktop/createMachinePort.ts'

/** The computer that the app runs on. */
export const systemMachine = createMachinePort(window.desktop)
