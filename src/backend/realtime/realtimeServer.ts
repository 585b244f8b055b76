import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import postgres from 'postgres'
import { WebSocketServer } from 'ws'
import { createTokenVerifier, type TokenError } from './auth/verifyToken.ts'
import { createChangeRegistry } from './changes/createChangeRegistry.ts'
import type { ChannelServices } from './channels/channelPorts.ts'
import { createConnection, type Connection } from './channels/connection.ts'
import { createTopicHub } from './channels/topicHub.ts'
import { createChannelAuthorizer } from './database/channelAuthorizer.ts'
import { createMessageFeed } from './database/messageFeed.ts'
import { createMessagePruner } from './database/messagePruner.ts'
import { readReplay } from './database/messageRows.ts'
import { createBroadcastApi } from './http/broadcastApi.ts'
import { refuseUpgrade } from './http/refuseUpgrade.ts'
import { encodeBroadcast } from './protocol/encodeFrame.ts'
import { tokenRefused } from './protocol/errorTexts.ts'
import type { ProtocolVersion } from './protocol/messages.ts'
import { defaultRealtimeLimits, type RealtimeLimits } from './realtimeLimits.ts'
import { describeError, type RealtimeLog } from './realtimeLog.ts'

export type { RealtimeLimits } from './realtimeLimits.ts'
export type { RealtimeLog, RealtimeLogEntry } from './realtimeLog.ts'

export interface RealtimeServerOptions {
  /** A superuser's URL, of a database to which realtimeSchema.sql was applied. */
  readonly databaseUrl: string
  /** HMAC secret of access tokens. */
  readonly jwtSecret: string
  /** Opaque strings or JWTs; the publishable key stands for `anon`, the secret one for `service_role`. */
  readonly apiKeys: { readonly publishable: string; readonly secret: string }
  readonly log: RealtimeLog
  readonly limits?: Partial<RealtimeLimits>
}

export interface RealtimeServer {
  /** Connects to the database and begins to listen; rejects when the database cannot be reached. */
  start(): Promise<void>
  /** Takes over an HTTP upgrade; whatever is not `/realtime/v1/websocket` with a valid key is refused. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Answers `/realtime/v1/api/…`. Does not add CORS headers. */
  handleRequest(request: Request): Promise<Response>
  /** Closes sockets with 1001, so that clients reconnect, and frees everything. */
  close(): Promise<void>
}

const socketPath = '/realtime/v1/websocket'
const apiPath = '/realtime/v1/api'
const maxReplayedMessages = 25
const closeGraceMs = 1_000

/** A Realtime server that Supabase's own client cannot tell from Supabase's, for one machine. */
export function createRealtimeServer(options: RealtimeServerOptions): RealtimeServer {
  const limits = { ...defaultRealtimeLimits, ...options.limits }
  const { log, apiKeys, databaseUrl } = options
  const now = () => Date.now()
  const monotonicNow = () => performance.now()
  const pool = postgres(databaseUrl, {
    max: limits.databasePoolSize,
    idle_timeout: 60,
    connect_timeout: limits.databaseTimeoutMs / 1_000,
    onnotice: () => undefined,
    connection: {
      application_name: 'realtime',
      statement_timeout: limits.databaseTimeoutMs,
      // Nothing that this pool writes is worth a wait for the disk: probes are undone, pruning is repeated.
      synchronous_commit: false,
    },
  })
  const hub = createTopicHub({ presenceFlushIntervalMs: limits.presenceFlushIntervalMs })
  const verifyToken = createTokenVerifier({ jwtSecret: options.jwtSecret, apiKeys, now })
  const authorize = createChannelAuthorizer(pool, log)
  const feed = createMessageFeed({
    databaseUrl,
    pool,
    limits,
    log,
    now: monotonicNow,
    isWanted: (topic) => hub.hasMembers(topic),
    onMessage: (message) => {
      hub.broadcast(message, message.broadcast, null)
    },
  })
  const pruner = createMessagePruner({ pool, limits, log })
  const changes = createChangeRegistry({ databaseUrl, pool, limits, log })
  const services: ChannelServices = {
    hub,
    changes,
    limits,
    log,
    now,
    monotonicNow,
    verifyToken,
    authorize,
    readReplay: (subTopic, sinceMs, limit) =>
      readReplay(
        pool,
        subTopic,
        sinceMs,
        Math.min(Math.max(limit ?? maxReplayedMessages, 1), maxReplayedMessages),
      ),
    replayTo: (member, topic, message) => {
      const frame = encodeBroadcast(member.version, `realtime:${topic.subTopic}`, message.broadcast)
      if (frame !== null) member.deliver(frame)
    },
    whenFeedReady: () => feed.whenListening(),
  }
  const answerApi = createBroadcastApi({ hub, verifyToken, authorize, limits, monotonicNow })
  const webSockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: limits.maxFrameBytes,
  })
  const connections = new Set<Connection>()
  const livenessTimer = watchLiveness(connections, limits, monotonicNow)
  let closing = false

  async function acceptUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (url.pathname !== socketPath) return refuseUpgrade(socket, 404, 'Not found')
    if (closing) return refuseUpgrade(socket, 503, 'Realtime is restarting')
    if (connections.size >= limits.maxConnections)
      return refuseUpgrade(socket, 429, 'Too many connected users')
    const version = url.searchParams.get('vsn') ?? '1.0.0'
    if (!isProtocolVersion(version)) return refuseUpgrade(socket, 400, 'Unsupported protocol version')
    const apiKey = url.searchParams.get('apikey') ?? headerValue(request, 'x-api-key')
    if (apiKey === null || apiKey === '') return refuseUpgrade(socket, 401, 'API key is missing')
    const token = await verifyToken(apiKey)
    if (!token.ok) return refuseUpgrade(socket, 401, connectRefusal(token.error))

    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = createConnection({
        socket: webSocket,
        version,
        apiKey,
        services,
        isProjectKey: (key) => key === apiKeys.publishable || key === apiKeys.secret,
        onClosed: () => connections.delete(connection),
      })
      connections.add(connection)
      if (closing) connection.close(1001, 'Server is going away')
    })
  }

  return {
    async start() {
      await feed.start()
      pruner.start()
    },
    handleUpgrade(request, socket, head) {
      const ignoreError = () => undefined
      socket.on('error', ignoreError)
      acceptUpgrade(request, socket, head).catch((error: unknown) => {
        log({ level: 'warn', message: 'An upgrade failed', error: describeError(error) })
        refuseUpgrade(socket, 400, 'Bad request')
      })
    },
    async handleRequest(request) {
      const { pathname } = new URL(request.url)
      try {
        return await answerApi(request, pathname.startsWith(apiPath) ? pathname.slice(apiPath.length) : '')
      } catch (error) {
        log({ level: 'error', message: 'A REST broadcast failed', error: describeError(error) })
        return new Response(JSON.stringify({ message: 'Unknown error' }), {
          status: 500,
          headers: { 'content-type': 'application/json' },
        })
      }
    },
    async close() {
      closing = true
      clearInterval(livenessTimer)
      pruner.stop()
      for (const connection of connections) connection.close(1001, 'Server is going away')
      await untilEmpty(connections, closeGraceMs)
      hub.close()
      await Promise.all([feed.close(), changes.close()])
      await pool.end({ timeout: 1 })
    },
  }
}

function isProtocolVersion(version: string): version is ProtocolVersion {
  return version === '1.0.0' || version === '2.0.0'
}

function headerValue(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name]
  return typeof value === 'string' ? value : null
}

function connectRefusal(error: TokenError): string {
  return error.kind === 'expired' ? 'Token has expired' : tokenRefused(error)
}

function watchLiveness(
  connections: ReadonlySet<Connection>,
  limits: RealtimeLimits,
  monotonicNow: () => number,
): NodeJS.Timeout {
  let checkedAtMs = monotonicNow()
  return setInterval(() => {
    const atMs = monotonicNow()
    // After a stall or a sleep of this process what clients sent is still unread; they are not to blame.
    const stalled = atMs - checkedAtMs > limits.pingIntervalMs * 2
    checkedAtMs = atMs
    for (const connection of connections) {
      if (stalled) connection.forgiveSilence()
      connection.checkLiveness()
    }
  }, limits.pingIntervalMs).unref()
}

async function untilEmpty(connections: ReadonlySet<Connection>, maxWaitMs: number): Promise<void> {
  const deadlineMs = performance.now() + maxWaitMs
  while (connections.size > 0 && performance.now() < deadlineMs) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
