import type { CallEvent } from '../../core/call/callEvents.ts'
import type { Peer, PeerOptions, PeerPort } from '../../core/ports/peer.ts'
import type { SignalData } from '../../../shared/realtime/roomEvents.ts'

/** The peers of a call, one a person. */
export interface PeerPool {
  open(options: PeerOptions): void
  signal(connectionId: string, signals: readonly SignalData[]): void
  close(connectionId: string): void
  closeAll(): void
}

/** Peers tell what happens to them as events of the call. */
export function createPeerPool(deps: {
  readonly peers: PeerPort
  readonly dispatch: (event: CallEvent) => void
}): PeerPool {
  const { dispatch } = deps
  const pool = new Map<string, Peer>()

  function close(connectionId: string): void {
    const peer = pool.get(connectionId)
    pool.delete(connectionId)
    peer?.destroy()
  }

  return {
    open(options) {
      const { connectionId, generation } = options
      close(connectionId)
      const peer = deps.peers.open(options, {
        handleSignals(signals) {
          dispatch({ kind: 'peerSignalled', connectionId, generation, signals })
        },
        handleConnected() {
          dispatch({ kind: 'peerConnected', connectionId, generation })
        },
        handleInterrupted() {
          dispatch({ kind: 'peerInterrupted', connectionId, generation })
        },
        handleGone(end) {
          dispatch({ kind: 'peerGone', connectionId, generation, end })
        },
      })
      pool.set(connectionId, peer)
    },
    signal(connectionId, signals) {
      pool.get(connectionId)?.signal(signals)
    },
    close,
    closeAll() {
      for (const connectionId of pool.keys()) close(connectionId)
    },
  }
}
