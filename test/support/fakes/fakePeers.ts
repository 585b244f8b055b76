import type { Peer, PeerHandlers, PeerOptions, PeerPort } from '../../../src/renderer/core/ports/peer.ts'
import type { SignalData } from '../../../src/shared/realtime/roomEvents.ts'

/** A peer that does only what a test tells it. */
export interface FakePeer extends Peer {
  readonly options: PeerOptions
  readonly handlers: PeerHandlers
  readonly received: SignalData[]
  isOpen: boolean
  /** How often it was told to look for another path. */
  restarts: number
}

export interface FakePeers extends PeerPort {
  /** All that were ever opened, oldest first. */
  readonly opened: FakePeer[]
  /** The open peer to a connection. */
  to(connectionId: string): FakePeer
}

export function createFakePeers(): FakePeers {
  const opened: FakePeer[] = []
  return {
    opened,
    warmUp: () => undefined,
    to(connectionId) {
      const peer = opened.findLast((known) => known.isOpen && known.options.connectionId === connectionId)
      if (peer === undefined) throw new Error(`no open peer to ${connectionId}`)
      return peer
    },
    open(options, handlers) {
      const peer: FakePeer = {
        options,
        handlers,
        received: [],
        isOpen: true,
        restarts: 0,
        restart() {
          this.restarts += 1
        },
        signal(signals) {
          this.received.push(...signals)
        },
        destroy() {
          this.isOpen = false
        },
      }
      opened.push(peer)
      return peer
    },
  }
}
