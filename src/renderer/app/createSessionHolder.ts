import { createStore } from 'zustand/vanilla'
import type { BackendConnection } from '../../shared/ipc/contract.ts'
import type { ReadableStore } from '../controllers/contracts.ts'
import type { SessionAddress } from './createSession.ts'

/** The one session there is, or null before the backend's first answer. */
export interface SessionHolder<S> {
  readonly store: ReadableStore<{ readonly session: S | null }>
  handleConnection(connection: BackendConnection): void
  dispose(): void
}

/**
 * Keeps a session for the backend that answers. It outlives a backend that goes away for a while (its own clients
 * reconnect) and is made anew only for another address.
 */
export function createSessionHolder<S extends { dispose(): void }>(
  open: (address: SessionAddress) => Promise<S>,
): SessionHolder<S> {
  const store = createStore<{ session: S | null }>(() => ({ session: null }))
  let wanted: string | null = null

  const replace = async (address: SessionAddress, key: string) => {
    const session = await open(address)
    if (key !== wanted) {
      session.dispose()
      return
    }
    const before = store.getState().session
    store.setState({ session })
    before?.dispose()
  }

  return {
    store,
    handleConnection(connection) {
      if (connection.kind !== 'ready') return
      const { mode, url, publishableKey, livekitUrl, invitePage = null } = connection
      const host = connection.host === undefined ? null : { id: connection.host.id, livekitUrl }
      const key = JSON.stringify([mode, url, publishableKey])
      if (key === wanted) return
      wanted = key
      void replace({ mode, url, publishableKey, invitePage, host }, key)
    },
    dispose() {
      wanted = null
      store.getState().session?.dispose()
      store.setState({ session: null })
    },
  }
}
