import SimplePeer from 'simple-peer/simplepeer.min.js'
import type { IceServer } from '../../../shared/api/rooms.ts'
import { signalDataSchema } from '../../../shared/realtime/roomEvents.ts'
import type { Logger } from '../../core/ports/logger.ts'
import type { Peer, PeerEnd, PeerHandlers, PeerOptions, PeerPort } from '../../core/ports/peer.ts'
import type { ConnectionRegistry } from '../../core/ports/statistics.ts'
import { createFlowMeter } from './flowMeter.ts'
import { createStatsReader } from './createStatsReader.ts'
import { createMediaLines } from './mediaLines.ts'
import { withDiscontinuousOpus } from './opus.ts'
import type { OutgoingEncodings, OutgoingTracks, ReceivedTracksSink } from './peerTracks.ts'
import { createSignalBatch } from './signalBatch.ts'
import { warmUpPeerConnections } from './warmUp.ts'

/** One byte, over simple-peer's data channel: that something is said counts, not what. */
const PULSE = '.'
/** What waits for a path that is gone; more of the same would say nothing more. */
const PULSES_MAX_BUFFERED_BYTES = 16

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
    // Every kind of path may be used; ICE itself takes a relay only where nothing nearer answers (RFC 8445, 5.1.2).
    return new RTCPeerConnection({ iceServers: toRtcServers(iceServers), bundlePolicy: 'max-bundle' })
  } catch (error) {
    // Addresses of ICE servers that the browser does not take.
    logger.warn('no peer connection', { error: String(error) })
    return null
  }
}

function toRtcServers(iceServers: readonly IceServer[]): RTCIceServer[] {
  return iceServers.map((server) => ({
    urls: [...server.urls],
    ...(server.username === undefined ? {} : { username: server.username }),
    ...(server.credential === undefined ? {} : { credential: server.credential }),
  }))
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
    restart: () => undefined,
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
    onReceived: (received) => deps.sink.set(connectionId, received),
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
    createStatsReader(connection, {
      id: `${connectionId}:${generation}`,
      connectionId,
      isScreen: (mid) => lines.isScreen(mid),
    }),
  )
  keepAliveWhenFailed(connection)
  const flow = createFlowMeter({
    connection,
    sendPulse() {
      if (peer.connected && peer.bufferSize < PULSES_MAX_BUFFERED_BYTES) peer.send(PULSE)
    },
    onChange: (isFlowing) => (isFlowing ? handleFlow() : handleStall()),
  })
  let answeredAtMs: number | null = null
  let isOpen = true
  let phase: 'new' | 'flowing' | 'interrupted' = 'new'

  function handleFlow(): void {
    if (!isOpen || phase === 'flowing') return
    phase = 'flowing'
    measured.settle('connected')
    handlers.handleConnected()
  }

  function handleStall(): void {
    if (!isOpen || phase !== 'flowing') return
    phase = 'interrupted'
    handlers.handleInterrupted()
  }

  function handleConnectionState(): void {
    switch (connection.connectionState) {
      case 'connected':
        flow.start()
        return handleFlow()
      case 'disconnected':
        return handleStall()
      case 'failed':
        if (phase !== 'new') return handleStall()
        deps.logger.warn('peer found no path', { connectionId, generation })
        finish('failed')
        return peer.destroy()
      default:
        return undefined
    }
  }

  async function offerOtherPath(): Promise<void> {
    // Not by simple-peer, which would wait for the answer to an earlier offer, and that one may be lost.
    await connection.setLocalDescription(await connection.createOffer({ iceRestart: true }))
    const sdp = connection.localDescription?.sdp
    if (isOpen && sdp !== undefined) batch.add({ type: 'offer', sdp })
  }

  function release(): void {
    isOpen = false
    flow.stop()
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
  peer.on('data', () => flow.handlePulse())
  peer.on('close', () => finish('closed'))

  return {
    signal(signals) {
      for (const signal of signals) {
        if (!isOpen || peer.destroyed) return
        if (signal.type === 'offer' || signal.type === 'answer') answeredAtMs ??= performance.now()
        peer.signal('sdp' in signal ? { ...signal, sdp: withDiscontinuousOpus(signal.sdp) } : signal)
      }
    },
    restart(iceServers) {
      if (!isOpen) return
      try {
        connection.setConfiguration({
          ...connection.getConfiguration(),
          iceServers: toRtcServers(iceServers),
        })
      } catch (error) {
        deps.logger.warn('the servers before are kept', { error: String(error) })
      }
      if (role === 'callee') return
      offerOtherPath().catch((error: unknown) => {
        deps.logger.warn('no other path', { connectionId, error: String(error) })
      })
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

/**
 * simple-peer destroys itself once ICE has failed, though another path may still be found for the same connection (W3C WebRTC, 5.6.3).
 * It does so in these three handlers, which it has set when it was made; it is not told of that one state.
 */
function keepAliveWhenFailed(connection: RTCPeerConnection): void {
  const { oniceconnectionstatechange, onicegatheringstatechange } = connection
  const unlessFailed =
    (handler: ((event: Event) => unknown) | null) =>
    (event: Event): void => {
      if (connection.iceConnectionState !== 'failed') handler?.call(connection, event)
    }
  connection.onconnectionstatechange = null
  connection.oniceconnectionstatechange = unlessFailed(oniceconnectionstatechange)
  connection.onicegatheringstatechange = unlessFailed(onicegatheringstatechange)
}
