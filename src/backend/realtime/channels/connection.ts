import type { WebSocket } from 'ws'
import { decodeFrame } from '../protocol/decodeFrame.ts'
import { encodeMessage } from '../protocol/encodeFrame.ts'
import {
  tooManyChannelsReason,
  tooManyJoinsReason,
  topicNameRequiredReason,
  topicTooLongReason,
  unmatchedTopicReason,
} from '../protocol/errorTexts.ts'
import type { ClientFrame, EncodedFrame, ProtocolVersion, ServerMessage } from '../protocol/messages.ts'
import { createBucket, takePermit, type RateLimit } from '../protocol/rateLimiter.ts'
import { describeError } from '../realtimeLog.ts'
import type { ChannelConnection, ChannelServices } from './channelPorts.ts'
import { createChannelSession, type ChannelSession } from './channelSession.ts'

/** One websocket. Whatever goes wrong in it stays in it. */
export interface Connection {
  /** Ends the socket if it is silent for too long, else asks it for a sign of life. */
  checkLiveness(): void
  /** Forgives silence up to now: the server itself did not listen. */
  forgiveSilence(): void
  close(code: number, reason: string): void
}

export interface ConnectionOptions {
  readonly socket: WebSocket
  readonly version: ProtocolVersion
  readonly apiKey: string
  readonly services: ChannelServices
  readonly isProjectKey: (token: string) => boolean
  readonly onClosed: () => void
}

const closeProtocolError = 1002
const closePolicyViolation = 1008
const closeGraceMs = 2_000
const topicPrefix = 'realtime:'

export function createConnection(options: ConnectionOptions): Connection {
  const { socket, version, services } = options
  const { limits, log, monotonicNow: now } = services
  const sessions = new Map<string, ChannelSession>()
  const takeFrame = limiter({ perSecond: limits.framesPerSecond, burst: limits.frameBurst }, now)
  const takeJoin = limiter({ perSecond: limits.joinsPerSecond, burst: limits.joinBurst }, now)
  const takeBroadcastPermit = limiter(
    { perSecond: limits.broadcastsPerSecond, burst: limits.broadcastBurst },
    now,
  )
  let malformedFrames = 0
  let aliveAtMs = now()
  let frameAtMs = now()

  const connection: ChannelConnection = {
    version,
    send: (message) => {
      send(message)
    },
    sendFrame,
    takeBroadcastPermit,
    closeForFlood: () => {
      close(closePolicyViolation, 'Too many messages per second')
    },
    effectiveToken: (token) =>
      token === null || token.startsWith('sb_') || options.isProjectKey(token) ? options.apiKey : token,
  }

  function send(message: ServerMessage): void {
    sendFrame(encodeMessage(version, message))
  }

  function sendFrame(frame: EncodedFrame): void {
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > limits.maxBufferedBytes) {
      log({ level: 'warn', message: 'A client reads too slowly; its socket is ended' })
      socket.terminate()
      return
    }
    socket.send(frame.data, { binary: frame.binary })
  }

  function close(code: number, reason: string): void {
    if (socket.readyState !== socket.OPEN) return
    socket.close(code, reason)
    // A client that does not answer the close is not waited for.
    setTimeout(() => {
      socket.terminate()
    }, closeGraceMs).unref()
  }

  function handleMessage(data: Buffer, isBinary: boolean): void {
    aliveAtMs = now()
    frameAtMs = aliveAtMs
    if (socket.readyState !== socket.OPEN) return
    if (!takeFrame()) {
      connection.closeForFlood()
      return
    }
    const frame = decodeFrame(version, data, isBinary)
    if (frame.ok) {
      route(frame.value)
      return
    }
    // Supabase logs and ignores a malformed frame; a client that sends nothing else is not worth keeping.
    malformedFrames += 1
    log({ level: 'debug', message: 'A malformed frame was ignored', reason: frame.error.message })
    if (malformedFrames >= limits.malformedFramesBeforeClose)
      close(closeProtocolError, 'Too many malformed frames')
  }

  function route(frame: ClientFrame): void {
    if (frame.topic === 'phoenix') {
      if (frame.kind === 'message' && frame.event === 'heartbeat') reply(frame, 'ok', {})
      else reply(frame, 'error', { reason: unmatchedTopicReason })
      return
    }
    if (frame.kind === 'message' && frame.event === 'phx_join') {
      join(frame)
      return
    }
    const session = sessions.get(frame.topic)
    if (session !== undefined) session.handleFrame(frame)
    else if (frame.kind === 'message' && frame.event === 'phx_leave') reply(frame, 'ok', {})
    else reply(frame, 'error', { reason: unmatchedTopicReason })
  }

  function join(frame: Extract<ClientFrame, { kind: 'message' }>): void {
    const { topic } = frame
    const refusal = refuseJoin(topic)
    if (refusal !== null) {
      reply(frame, 'error', { reason: refusal })
      return
    }
    if (!takeJoin()) {
      reply(frame, 'error', { reason: tooManyJoinsReason })
      close(closePolicyViolation, 'Too many joins per second')
      return
    }
    sessions.get(topic)?.supersede()
    const session: ChannelSession = createChannelSession({
      connection,
      services,
      joinRef: frame.joinRef ?? frame.ref,
      ref: frame.ref,
      subTopic: topic.slice(topicPrefix.length),
      payload: frame.payload,
      onForget: () => {
        if (sessions.get(topic) === session) sessions.delete(topic)
      },
    })
    sessions.set(topic, session)
  }

  function refuseJoin(topic: string): string | null {
    if (!topic.startsWith(topicPrefix)) return unmatchedTopicReason
    if (topic.length === topicPrefix.length) return topicNameRequiredReason
    if (Buffer.byteLength(topic) > limits.maxTopicBytes) return topicTooLongReason
    if (!sessions.has(topic) && sessions.size >= limits.maxChannelsPerConnection) return tooManyChannelsReason
    return null
  }

  function reply(frame: ClientFrame, status: 'ok' | 'error', response: unknown): void {
    const { joinRef, ref, topic } = frame
    send({ joinRef, ref, topic, event: 'phx_reply', payload: { status, response } })
  }

  socket.on('message', (data: Buffer, isBinary: boolean) => {
    try {
      handleMessage(data, isBinary)
    } catch (error) {
      log({ level: 'error', message: 'A frame could not be handled', error: describeError(error) })
      close(1011, 'Internal error')
    }
  })
  socket.on('pong', () => {
    aliveAtMs = now()
  })
  socket.on('error', (error) => {
    log({ level: 'debug', message: 'A socket failed', error: describeError(error) })
  })
  socket.on('close', () => {
    for (const session of sessions.values()) session.handleSocketClosed()
    sessions.clear()
    options.onClosed()
  })

  return {
    checkLiveness() {
      const atMs = now()
      if (atMs - aliveAtMs > limits.deadAfterMs) socket.terminate()
      else if (atMs - frameAtMs > limits.heartbeatTimeoutMs)
        close(closePolicyViolation, 'Heartbeats are missing')
      else if (socket.readyState === socket.OPEN) socket.ping()
    },
    forgiveSilence() {
      aliveAtMs = now()
      frameAtMs = aliveAtMs
    },
    close,
  }
}

function limiter(limit: RateLimit, now: () => number): () => boolean {
  let bucket = createBucket(limit, now())
  return () => {
    const taken = takePermit(bucket, limit, now())
    bucket = taken.bucket
    return taken.allowed
  }
}
