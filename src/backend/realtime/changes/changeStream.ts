import { Duplex } from 'node:stream'
import { randomBytes } from 'node:crypto'
import postgres, { type Sql } from 'postgres'
import { reconnectDelayMs } from '../database/reconnectDelay.ts'
import { describeError, type RealtimeLog } from '../realtimeLog.ts'
import type { RealtimeLimits } from '../realtimeLimits.ts'
import { decodeStreamMessage, type Relation, type StreamMessage } from './pgoutput.ts'

export type RowChange = Extract<StreamMessage, { kind: 'insert' | 'update' | 'delete' }>

/** The publication's changed rows, in the order of their commits. */
export interface ChangeStream {
  /** Resolves when changes flow; rejects when they cannot at first. Reconnects by itself afterwards. */
  start(): Promise<void>
  stop(): Promise<void>
}

export interface ChangeStreamOptions {
  readonly databaseUrl: string
  readonly publication: string
  readonly limits: RealtimeLimits
  readonly log: RealtimeLog
  /** The next change is handed over when this resolves; what comes meanwhile waits, up to a bound. */
  readonly onChange: (change: RowChange, committedAtMs: number) => Promise<void>
}

const frameData = 0x77
const frameKeepAlive = 0x6b
const frameDataHeaderBytes = 25

/**
 * Reads the write-ahead log through a temporary replication slot: the server drops it with the connection, however this
 * process ends, so that no orphan holds back WAL. Needs `wal_level = logical`.
 */
export function createChangeStream(options: ChangeStreamOptions): ChangeStream {
  const { limits, log } = options
  let current: Sql | null = null
  let stopped = false
  let retryTimer: NodeJS.Timeout | null = null

  async function open(): Promise<void> {
    let reportLoss: () => void = () => undefined
    const lost = new Promise<void>((resolve) => (reportLoss = resolve))
    const sql = openReplication(options.databaseUrl, () => {
      reportLoss()
    })
    current = sql
    try {
      const stream = await startReplication(sql, options.publication)
      void read(stream, lost)
        .catch((error: unknown) => {
          if (!stopped)
            log({ level: 'warn', message: 'The change stream broke', error: describeError(error) })
        })
        .finally(() => {
          void sql.end({ timeout: 0 })
          if (!stopped && current === sql) scheduleRetry(0)
        })
    } catch (error) {
      await sql.end({ timeout: 0 })
      throw error
    }
  }

  /**
   * Resolves when the stream or its connection is over. Listens to `data` and never pauses, because only a flowing
   * stream keeps the server's messages apart and hands over each at once.
   */
  function read(stream: Duplex, lost: Promise<void>): Promise<void> {
    const relations = new Map<number, Relation>()
    let lsn = 0n
    let committedAtMs = 0
    let over = false

    async function handle(frame: Buffer): Promise<void> {
      if (over) return
      if (frame[0] === frameKeepAlive) {
        lsn = frame.readBigUInt64BE(1)
        if (frame[17] === 1) stream.write(standbyStatus(lsn))
        return
      }
      if (frame[0] !== frameData) return
      const message = decodeStreamMessage(frame.subarray(frameDataHeaderBytes), relations)
      if (message.kind === 'begin') committedAtMs = message.committedAtMs
      else if (message.kind === 'relation') relations.set(message.relation.oid, message.relation)
      else if (message.kind !== 'other') await options.onChange(message, committedAtMs)
    }

    const statusTimer = setInterval(() => {
      stream.write(standbyStatus(lsn))
    }, limits.changeStreamStatusIntervalMs)
    let waitingBytes = 0
    async function handleAfter(earlier: Promise<void>, frame: Buffer): Promise<void> {
      await earlier
      await handle(frame)
      waitingBytes -= frame.length
    }

    return new Promise<void>((resolve, reject) => {
      let work = Promise.resolve()
      stream.on('data', (frame: Buffer) => {
        waitingBytes += frame.length
        if (waitingBytes > limits.maxWaitingChangeBytes) {
          reject(new Error('Changes come faster than they can be delivered; those that wait are dropped.'))
          return
        }
        work = handleAfter(work, frame)
        work.catch(reject)
      })
      // Stays for good: an error that nobody listens to would end the process.
      stream.on('error', reject)
      stream.once('close', resolve)
      void lost.then(resolve)
    }).finally(() => {
      over = true
      clearInterval(statusTimer)
    })
  }

  function scheduleRetry(failures: number): void {
    const delayMs = reconnectDelayMs(failures, limits.reconnectDelayMinMs, limits.reconnectDelayMaxMs)
    retryTimer = setTimeout(() => {
      if (stopped) return
      open().catch((error: unknown) => {
        log({ level: 'debug', message: 'Still no change stream', error: describeError(error) })
        if (!stopped) scheduleRetry(failures + 1)
      })
    }, delayMs)
  }

  return {
    start: open,
    async stop() {
      stopped = true
      if (retryTimer !== null) clearTimeout(retryTimer)
      await current?.end({ timeout: 0 })
    },
  }
}

function openReplication(databaseUrl: string, onClose: () => void): Sql {
  const connection = {
    application_name: 'realtime_changes',
    replication: 'database',
    // Rows arrive as text; these make it the same text that prepare_change_filter makes.
    DateStyle: 'ISO, MDY',
    TimeZone: 'UTC',
  }
  return postgres(databaseUrl, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 5,
    fetch_types: false,
    connection,
    onclose: onClose,
    onnotice: () => undefined,
  })
}

async function startReplication(sql: Sql, publication: string): Promise<Duplex> {
  const slot = `realtime_${randomBytes(8).toString('hex')}`
  const [created] = await sql.unsafe<{ consistent_point: string }[]>(
    `CREATE_REPLICATION_SLOT ${slot} TEMPORARY LOGICAL pgoutput NOEXPORT_SNAPSHOT`,
  )
  const start = created?.consistent_point ?? '0/0'
  const query = sql.unsafe(
    `START_REPLICATION SLOT ${slot} LOGICAL ${start} (proto_version '1', publication_names '"${publication}"')`,
  )
  const stream = await query.writable()
  // postgres.js declares only the half of it that is usual.
  if (!(stream instanceof Duplex)) throw new Error('The replication stream cannot be read.')
  return stream
}

/** Says how far the stream was read. Source: PostgreSQL's manual, "Streaming Replication Protocol". */
function standbyStatus(lsn: bigint): Buffer {
  const status = Buffer.alloc(34)
  status.write('r', 0)
  for (const offset of [1, 9, 17]) status.writeBigUInt64BE(lsn, offset)
  status.writeBigInt64BE(BigInt(Date.now() - Date.UTC(2000, 0, 1)) * 1_000n, 25)
  return status
}
