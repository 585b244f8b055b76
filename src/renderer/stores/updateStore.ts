import { createStore } from 'zustand/vanilla'
import type { UpdateState } from '../../shared/updates/updateState.ts'
import type { ReadableStore } from '../controllers/contracts.ts'
import type { DesktopPort } from '../core/ports/desktop.ts'

/** What is known of a newer Studyhall, and the way to it. */
export interface UpdateStore {
  readonly store: ReadableStore<UpdateState>
  /** Looks now; what comes of it comes to the store. */
  readonly check: () => void
  readonly restart: () => void
  dispose(): void
}

/** Follows the main process's updater. */
export function createUpdateStore(
  desktop: Pick<DesktopPort, 'watchUpdates' | 'checkForUpdates' | 'restartToUpdate'>,
): UpdateStore {
  const store = createStore<UpdateState>(() => ({ kind: 'off' }))
  return {
    store,
    check: () => desktop.checkForUpdates(),
    restart: () => desktop.restartToUpdate(),
    dispose: desktop.watchUpdates((state) => store.setState(state, true)),
  }
}
