/// <reference path="./simplePeerBundle.d.ts" />
import SimplePeer from 'simple-peer/simplepeer.min.js'
import { signalDataSchema } from '../../../shared/realtime/roomEvents.ts'
import type { Logger } from '../../core/ports/logger.ts'
import type { Peer, PeerEnd, PeerHandlers, PeerOptions, PeerPort } from '../../core/ports/peer.ts'
import type { LocalTracks, RemoteTracksSink } from '../media/tracks.ts'
import { createStatsReader } from './linkStats.ts'
import { createMediaLines } from './mediaLines.ts'
import { withDiscontinuousOpus } from './opus.ts'
import { createSignalBatch } from './signalBatch.ts'
import { warmUpPeerConnections } from './warmUp.ts'

/** Makes peers with simple-peer. They send what `tracks` has and put what arrives into `sink`. */
export function createSimplePeerPort(deps: {
  readonly tracks: LocalTracks
  readonly sink: RemoteTracksSink
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
    open: (options, handlers) => openPeer(deps, options, handlers),
  }
}

/** simple-peer takes constructors: this one hands over a connection that was made before. */
function connectionConstructor(
  connection: RTCPeerConnection,
): new (configuration: RTCConfiguration) => RTCPeerConnection {
  return function ReadyConnection() {
    return connection
  } as unknown as new (configuration: RTCConfiguration) => RTCPeerConnection
}

function openPeer(
  deps: { readonly tracks: LocalTracks; readonly sink: RemoteTracksSink; readonly logger: Logger },
  options: PeerOptions,
  handlers: PeerHandlers,
): Peer {
  const { connectionId, generation, role } = options
  const config: RTCConfiguration = {
    iceServers: options.iceServers.map((server) => ({
      urls: [...server.urls],
      ...(server.username === undefined ? {} : { username: server.username }),
      ...(server.credential === undefined ? {} : { credential: server.credential }),
    })),
    bundlePolicy: 'max-bundle',
  }
  const connection = new RTCPeerConnection(config)
  const lines = createMediaLines({
    connection,
    role,
    tracks: deps.tracks,
    onReceived: (pair) => deps.sink.set(connectionId, pair),
  })
  const batch = createSignalBatch((signals) => handlers.handleSignals(signals))
  const peer = new SimplePeer({
    initiator: role === 'caller',
    trickle: true,
    config,
    wrtc: { RTCPeerConnection: connectionConstructor(connection), RTCSessionDescription, RTCIceCandidate },
  })
  let isOpen = true

  function handleConnectionState(): void {
    if (connection.connectionState === 'connected') handlers.handleConnected()
    if (connection.connectionState === 'disconnected') handlers.handleInterrupted()
  }

  function release(): void {
    isOpen = false
    connection.removeEventListener('connectionstatechange', handleConnectionState)
    lines.stop()
    batch.stop()
    const received = lines.received()
    if (received !== null) deps.sink.remove(connectionId, received)
  }

  function finish(end: PeerEnd): void {
    if (!isOpen) return
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
        peer.signal('sdp' in signal ? { ...signal, sdp: withDiscontinuousOpus(signal.sdp) } : signal)
      }
    },
    readStats: createStatsReader(connection),
    destroy() {
      if (isOpen) release()
      // Errors of a peer nobody wants any more are none; the listener stays, since one without it would be thrown.
      peer.destroy()
    },
  }
}
