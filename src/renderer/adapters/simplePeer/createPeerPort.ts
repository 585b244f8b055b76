import SimplePeer from 'simple-peer/simplepeer.min.js'
import type { IceServer } from '../../../shared/api/rooms.ts'
import { signalDataSchema } from '../../../shared/realtime/roomEvents.ts'
import type { Logger } from '../../core/ports/logger.ts'
import type { Peer, PeerEnd, PeerHandlers, PeerOptions, PeerPort } from '../../core/ports/peer.ts'
import type { ConnectionRegistry } from '../../core/ports/statistics.ts'
import { createStatsReader } from './createStatsReader.ts'
import { createMediaLines } from './mediaLines.ts'
import { withDiscontinuousOpus } from './opus.ts'
import type { OutgoingEncodings, OutgoingTracks, ReceivedTracksSink } from './peerTracks.ts'
import { createSignalBatch } from './signalBatch.ts'
import { warmUpPeerConnections } from './warmUp.ts'

/** A peer that was answered and given up after this long has failed; before that, somebody was leaving. */
const FAILED_AFTER_MS = 5_000

/**
 * Makes peers with simple-peer. They send what `tracks` has and no more of it than `encodings` says, put what arrives into `sink`, and
 * are measured by `statistics`.
 */
export function createSimplePeerPort(deps: {
  readonly tracks: OutgoingTracks
  readonly encodings: OutgoingEncodings
  readonly sink: ReceivedTracksSink
  readonly statistics: ConnectionRegistry
  readonly logger: Logger
}): PeerPort {
  let isWarm = false
  return {
    warmUp() {
      if (isWarm) return
      isWarm = true
      warmUpPeerConnections().catch((error: unknown) => {
        deps.logger.warn('no warm-up', { error: String(error) })
      })
    },
    open(options, handlers) {
      const connection = createConnection(options.iceServers, deps.logger)
      return connection === null
        ? createStillbornPeer(deps.statistics, handlers)
        : openPeer({ ...deps, connection }, options, handlers)
    },
  }
}

function createConnection(iceServers: readonly IceServer[], logger: Logger): RTCPeerConnection | null {
  try {
    return new RTCPeerConnection({
      iceServers: iceServers.map((server) => ({
        urls: [...server.urls],
        ...(server.username === undefined ? {} : { username: server.username }),
        ...(server.credential === undefined ? {} : { credential: server.credential }),
      })),
      bundlePolicy: 'max-bundle',
    })
  } catch (error) {
    // Addresses of ICE servers that the browser does not take.
    logger.warn('no peer connection', { error: String(error) })
    return null
  }
}

/** A peer that could not even be made: it fails as one does that was. */
function createStillbornPeer(statistics: ConnectionRegistry, handlers: PeerHandlers): Peer {
  let isOpen = true
  const measured = statistics.open('mesh', () => Promise.resolve(null))
  measured.settle('failed')
  measured.close()
  queueMicrotask(() => {
    if (isOpen) handlers.handleGone('failed')
  })
  return {
    signal: () => undefined,
    destroy() {
      isOpen = false
    },
  }
}

interface OpenDependencies {
  readonly connection: RTCPeerConnection
  readonly tracks: OutgoingTracks
  readonly encodings: OutgoingEncodings
  readonly sink: ReceivedTracksSink
  readonly statistics: ConnectionRegistry
  readonly logger: Logger
}

function openPeer(deps: OpenDependencies, options: PeerOptions, handlers: PeerHandlers): Peer {
  const { connectionId, generation, role } = options
  const { connection } = deps
  const lines = createMediaLines({
    connection,
    role,
    tracks: deps.tracks,
    encoding: {
      current: () => deps.encodings.current(connectionId),
      subscribe: (listener) => deps.encodings.subscribe(listener),
    },
    onReceived: (pair) => deps.sink.set(connectionId, pair),
  })
  const batch = createSignalBatch((signals) => handlers.handleSignals(signals))
  const peer = new SimplePeer({
    initiator: role === 'caller',
    trickle: true,
    // The connection has its configuration already; given all the same, or simple-peer would name servers of its own.
    config: connection.getConfiguration(),
    wrtc: {
      RTCPeerConnection: function ReadyConnection() {
        return connection
      },
      RTCSessionDescription,
      RTCIceCandidate,
    },
  })
  const measured = deps.statistics.open(
    'mesh',
    createStatsReader(connection, { id: `${connectionId}:${generation}`, connectionId }),
  )
  let answeredAtMs: number | null = null
  let isOpen = true

  function handleConnectionState(): void {
    if (connection.connectionState === 'connected') {
      measured.settle('connected')
      handlers.handleConnected()
    }
    if (connection.connectionState === 'disconnected') handlers.handleInterrupted()
  }

  function release(): void {
    isOpen = false
    measured.close()
    connection.removeEventListener('connectionstatechange', handleConnectionState)
    lines.stop()
    batch.stop()
    const received = lines.received()
    if (received !== null) deps.sink.remove(connectionId, received)
  }

  function finish(end: PeerEnd): void {
    if (!isOpen) return
    if (end === 'failed') measured.settle('failed')
    release()
    handlers.handleGone(end)
  }

  connection.addEventListener('connectionstatechange', handleConnectionState)
  peer.on('signal', (data) => {
    const signal = signalDataSchema.safeParse(data)
    if (isOpen && signal.success) batch.add(signal.data)
  })
  peer.on('error', (error) => {
    deps.logger.warn('peer failed', { connectionId, generation, code: error.code ?? error.name })
    finish('failed')
  })
  peer.on('close', () => finish('closed'))

  return {
    signal(signals) {
      for (const signal of signals) {
        if (!isOpen || peer.destroyed) return
        if (signal.type === 'offer' || signal.type === 'answer') answeredAtMs ??= performance.now()
        peer.signal('sdp' in signal ? { ...signal, sdp: withDiscontinuousOpus(signal.sdp) } : signal)
      }
    },
    destroy() {
      const triedForMs = answeredAtMs === null ? 0 : performance.now() - answeredAtMs
      if (triedForMs >= FAILED_AFTER_MS) measured.settle('failed')
      if (isOpen) release()
      // Errors of a peer nobody wants any more are none; the listener stays, since one without it would be thrown.
      peer.destroy()
    },
  }
}
