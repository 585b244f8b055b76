import type { CallEvent } from '../../core/call/callEvents.ts'
import type { Peer, PeerOptions, PeerPort } from '../../core/ports/peer.ts'
import type { SignalData } from '../../../shared/realtime/roomEvents.ts'

/** The peers of a call, one a person. */
export interface PeerPool {
  open(options: PeerOptions): void
  /** What the peer tells belongs to the new generation from now on. */
  restart(options: PeerOptions): void
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
  const pool = new Map<string, { readonly peer: Peer; generation: number }>()

  function close(connectionId: string): void {
    const pooled = pool.get(connectionId)
    pool.delete(connectionId)
    pooled?.peer.destroy()
  }

  return {
    open(options) {
      const { connectionId } = options
      close(connectionId)
      const peer = deps.peers.open(options, {
        handleSignals(signals) {
          dispatch({ kind: 'peerSignalled', connectionId, generation: pooled.generation, signals })
        },
        handleConnected() {
          dispatch({ kind: 'peerConnected', connectionId, generation: pooled.generation })
        },
        handleInterrupted() {
          dispatch({ kind: 'peerInterrupted', connectionId, generation: pooled.generation })
        },
        handleGone(end) {
          dispatch({ kind: 'peerGone', connectionId, generation: pooled.generation, end })
        },
      })
      const pooled = { peer, generation: options.generation }
      pool.set(connectionId, pooled)
    },
    restart({ connectionId, generation, iceServers }) {
      const pooled = pool.get(connectionId)
      if (pooled === undefined) return
      pooled.generation = generation
      pooled.peer.restart(iceServers)
    },
    signal(connectionId, signals) {
      pool.get(connectionId)?.peer.signal(signals)
    },
    close,
    closeAll() {
      for (const connectionId of pool.keys()) close(connectionId)
    },
  }
}
