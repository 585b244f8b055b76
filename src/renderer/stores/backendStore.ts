import { createStore } from 'zustand/vanilla'
import type { BackendConnection } from '../../shared/ipc/contract.ts'
import type { ReadableStore } from '../controllers/contracts.ts'
import type { DesktopPort } from '../core/ports/desktop.ts'

export interface BackendStore {
  readonly store: ReadableStore<BackendConnection>
  readonly retry: () => void
  readonly dispose: () => void
}

/** Follows the backend's state. */
export function createBackendStore(desktop: DesktopPort): BackendStore {
  const store = createStore<BackendConnection>(() => ({ kind: 'starting', step: '' }))
  const end = desktop.watchBackend((connection) => store.setState(connection, true))
  return {
    store,
    retry: () => void desktop.retryBackend(),
    dispose: end,
  }
}
