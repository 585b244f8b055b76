import type { BackendConnection } from '../../shared/ipc/contract.ts'
import type { BackendStore } from '../stores/backendStore.ts'

/**
 * A page's policy names whom it may connect to, and is settled when it is loaded: between a hosted backend and what is reached on this
 * computer's loopback it has to be loaded anew.
 */
export function reloadForPolicy({ store }: Pick<BackendStore, 'store'>, reload: () => void): void {
  let loadedFor: boolean | null = null
  store.subscribe((connection) => {
    const isHosted = needsOwnPolicy(connection)
    if (loadedFor !== null && loadedFor !== isHosted) reload()
    loadedFor = isHosted
  })
}

function needsOwnPolicy(connection: BackendConnection): boolean {
  return connection.kind === 'ready' && connection.mode === 'hosted'
}
