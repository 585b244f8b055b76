import { createStore } from 'zustand/vanilla'
import type { MachineFigures } from '../../../shared/machine/machineFigures.ts'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import type { MachinePort } from '../../core/ports/machine.ts'
import type { MachineController, MachineSnapshot, ReadableStore } from '../contracts.ts'

/** Figures that charts show: one every 2 s, 2 min. */
const HISTORY_LENGTH = 60

const nothingKnown: MachineSnapshot = { latest: null, loads: [] }

/** The controller together with what its owner needs. */
export interface OwnedMachineController extends MachineController {
  dispose(): void
}

/** Keeps what is measured of the computer while a call is live. `port` null: nobody measures it. */
export function createMachineController(deps: {
  readonly call: ReadableStore<CallSnapshot>
  readonly port: MachinePort | null
}): OwnedMachineController {
  const store = createStore<MachineSnapshot>(() => nothingKnown)
  let end: (() => void) | null = null

  function take(latest: MachineFigures): void {
    store.setState(({ loads }) => ({ latest, loads: [...loads, latest.cpu].slice(-HISTORY_LENGTH) }))
  }

  function stop(): void {
    end?.()
    end = null
  }

  function follow({ kind }: CallSnapshot): void {
    if (kind === 'live') {
      end ??= deps.port?.watchFigures(take) ?? null
      return
    }
    if (end !== null) store.setState(nothingKnown, true)
    stop()
  }

  const unsubscribe = deps.call.subscribe(follow)
  follow(deps.call.getState())

  return {
    store,
    dispose() {
      unsubscribe()
      stop()
    },
  }
}
