import type { CallEvent } from '../../core/call/callEvents.ts'
import type { LinkQuality } from '../../core/call/callSnapshot.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { Peer, PeerOptions, PeerPort } from '../../core/ports/peer.ts'
import { selectLinkQuality } from '../../core/quality/selectLinkQuality.ts'
import type { SignalData } from '../../../shared/realtime/roomEvents.ts'

/** Statistics of all links are read together, this often. */
const STATS_INTERVAL_MS = 2_500

/** The peers of a call, one a person, and what is measured of them. */
export interface PeerPool {
  open(options: PeerOptions): void
  signal(connectionId: string, signals: readonly SignalData[]): void
  close(connectionId: string): void
  closeAll(): void
}

interface PooledPeer {
  readonly peer: Peer
  readonly generation: number
  isConnected: boolean
  quality: LinkQuality
}

/** Peers tell what happens to them as events of the call. */
export function createPeerPool(deps: {
  readonly peers: PeerPort
  readonly clock: Clock
  readonly dispatch: (event: CallEvent) => void
}): PeerPool {
  const { clock, dispatch } = deps
  const pool = new Map<string, PooledPeer>()
  let stopReading: (() => void) | null = null

  async function readOne(connectionId: string, pooled: PooledPeer): Promise<void> {
    const stats = await pooled.peer.readStats()
    if (pool.get(connectionId) !== pooled) return
    const quality = selectLinkQuality(stats, pooled.quality)
    if (quality === pooled.quality) return
    pooled.quality = quality
    dispatch({ kind: 'qualityMeasured', connectionId, generation: pooled.generation, quality })
  }

  async function readAll(): Promise<void> {
    const connected = [...pool].filter(([, pooled]) => pooled.isConnected)
    await Promise.all(connected.map(([connectionId, pooled]) => readOne(connectionId, pooled)))
    stopReading = null
    keepReading()
  }

  function keepReading(): void {
    if (pool.size === 0) return
    stopReading ??= clock.schedule(STATS_INTERVAL_MS, () => void readAll())
  }

  function close(connectionId: string): void {
    const pooled = pool.get(connectionId)
    pool.delete(connectionId)
    pooled?.peer.destroy()
    if (pool.size > 0) return
    stopReading?.()
    stopReading = null
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
          pooled.isConnected = true
          pooled.quality = 'unknown'
          dispatch({ kind: 'peerConnected', connectionId, generation })
        },
        handleInterrupted() {
          pooled.isConnected = false
          dispatch({ kind: 'peerInterrupted', connectionId, generation })
        },
        handleGone(end) {
          dispatch({ kind: 'peerGone', connectionId, generation, end })
        },
      })
      const pooled: PooledPeer = { peer, generation, isConnected: false, quality: 'unknown' }
      pool.set(connectionId, pooled)
      keepReading()
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
