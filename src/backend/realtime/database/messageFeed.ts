import postgres, { type Sql } from 'postgres'
import { describeError, type RealtimeLog } from '../realtimeLog.ts'
import type { RealtimeLimits } from '../realtimeLimits.ts'
import { readMessages, readRecentMessages, type DatabaseMessage } from './messageRows.ts'
import { reconnectDelayMs } from './reconnectDelay.ts'

/** Messages that SQL sends with realtime.send, in the order of their commits. */
export interface MessageFeed {
  /** Resolves when it listens; rejects when the database cannot be reached at first. */
  start(): Promise<void>
  isListening(): boolean
  /** Resolves at once when it listens, else when it does again. */
  whenListening(): Promise<void>
  close(): Promise<void>
}

export interface MessageFeedOptions {
  readonly databaseUrl: string
  /** For reading the rows; the listening connection is the feed's own. */
  readonly pool: Sql
  readonly limits: RealtimeLimits
  readonly log: RealtimeLog
  /** Whether anybody would receive a message of this topic; rows that nobody wants are not read. */
  readonly isWanted: (topic: { readonly subTopic: string; readonly isPrivate: boolean }) => boolean
  readonly onMessage: (message: DatabaseMessage) => void
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number
}

const notificationChannel = 'realtime_messages'
/** Enough to recognise every message of the looked-back time; more would only cost memory. */
const rememberedIds = 20_000
const rowsPerRead = 200

/**
 * Listens with LISTEN and reads the named rows. Chosen over logical decoding because it needs no replication slot that
 * could hold back WAL, costs nothing while idle, and can look back after a lost connection.
 */
export function createMessageFeed(options: MessageFeedOptions): MessageFeed {
  const { limits, log } = options
  const delivered = new Set<string>()
  let queue: string[] = []
  let draining = false
  let listening = false
  let lostAtMs: number | null = null
  let closed = false
  let waiters: (() => void)[] = []
  let retryTimer: NodeJS.Timeout | null = null

  const listener = openListener(options.databaseUrl, {
    onNotify: (_channel, payload) => {
      handleNotification(payload)
    },
    onClose: () => {
      handleClose()
    },
  })

  function handleNotification(payload: string): void {
    const [id, flag, ...rest] = payload.split(' ')
    if (id === undefined) return
    const subTopic = rest.join(' ')
    if (!options.isWanted({ subTopic, isPrivate: flag === 't' })) return
    queue.push(id)
    void drain()
  }

  function handleClose(): void {
    if (closed || !listening) return
    listening = false
    lostAtMs ??= options.now()
    log({ level: 'warn', message: 'The connection that listens for messages was lost; reconnecting' })
    scheduleRetry(0)
  }

  function scheduleRetry(failures: number): void {
    if (retryTimer !== null) return
    const delayMs = reconnectDelayMs(failures, limits.reconnectDelayMinMs, limits.reconnectDelayMaxMs)
    retryTimer = setTimeout(() => {
      retryTimer = null
      listen().catch((error: unknown) => {
        if (closed) return
        log({ level: 'debug', message: 'Still no connection for messages', error: describeError(error) })
        scheduleRetry(failures + 1)
      })
    }, delayMs)
  }

  async function listen(): Promise<void> {
    await listener.unsafe(`listen ${notificationChannel}`)
    listening = true
    if (lostAtMs !== null) {
      await lookBack(options.now() - lostAtMs)
      lostAtMs = null
      log({ level: 'info', message: 'Listening for messages again' })
    }
    for (const resume of waiters.splice(0)) resume()
  }

  async function lookBack(lostForMs: number): Promise<void> {
    const missed = await readRecentMessages(
      options.pool,
      lostForMs + limits.catchUpMarginMs,
      limits.maxCatchUpRows,
    )
    for (const message of missed) deliver(message)
  }

  /** One reader at a time, so that the order of the notifications is the order of delivery. */
  async function drain(): Promise<void> {
    if (draining) return
    draining = true
    try {
      while (queue.length > 0) {
        if (closed) return
        const ids = queue.splice(0, rowsPerRead)
        const unread = ids.filter((id) => !delivered.has(id))
        if (unread.length > 0)
          for (const message of await readMessages(options.pool, unread)) deliver(message)
      }
    } catch (error) {
      // The rows stay in the table; looking back after the reconnection finds them.
      queue = []
      lostAtMs ??= options.now()
      log({ level: 'warn', message: 'Messages could not be read', error: describeError(error) })
      if (listening && !closed) scheduleRetry(0)
    } finally {
      draining = false
    }
  }

  function deliver(message: DatabaseMessage): void {
    if (delivered.has(message.id)) return
    delivered.add(message.id)
    if (delivered.size > rememberedIds) {
      const [oldest] = delivered
      if (oldest !== undefined) delivered.delete(oldest)
    }
    try {
      options.onMessage(message)
    } catch (error) {
      log({ level: 'error', message: 'A message could not be delivered', error: describeError(error) })
    }
  }

  return {
    start: listen,
    isListening: () => listening,
    async whenListening() {
      if (listening) return
      await new Promise<void>((resolve) => waiters.push(resolve))
    },
    async close() {
      closed = true
      listening = false
      if (retryTimer !== null) clearTimeout(retryTimer)
      waiters = []
      await listener.end({ timeout: 1 })
    },
  }
}

/** A connection of its own that never idles out and reports what postgres.js keeps to itself: that it was closed. */
function openListener(
  databaseUrl: string,
  handlers: {
    readonly onNotify: (channel: string, payload: string) => void
    readonly onClose: () => void
  },
): Sql {
  const options = {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    fetch_types: false,
    connect_timeout: 5,
    // Attempts are spaced by the feed itself.
    backoff: false,
    connection: { application_name: 'realtime_messages' },
    onnotify: handlers.onNotify,
    onclose: handlers.onClose,
    onnotice: () => undefined,
  }
  return postgres(databaseUrl, options)
}
