import { createStore } from 'zustand/vanilla'
import type { BackendConnection } from '../../shared/ipc/contract.ts'
import type { ReadableStore } from '../controllers/contracts.ts'
import type { Session, SessionAddress } from './createSession.ts'

/** The one session there is, or null before the backend's first answer. */
export interface SessionHolder {
  readonly store: ReadableStore<{ readonly session: Session | null }>
  handleConnection(connection: BackendConnection): void
  dispose(): void
}

/**
 * Keeps a session for the backend that answers. It outlives a backend that goes away for a while (its own clients
 * reconnect) and is made anew only for another address.
 */
export function createSessionHolder(open: (address: SessionAddress) => Promise<Session>): SessionHolder {
  const store = createStore<{ session: Session | null }>(() => ({ session: null }))
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
      const { mode, url, publishableKey } = connection
      const key = JSON.stringify([mode, url, publishableKey])
      if (key === wanted) return
      wanted = key
      void replace({ mode, url, publishableKey }, key)
    },
    dispose() {
      wanted = null
      store.getState().session?.dispose()
      store.setState({ session: null })
    },
  }
}
