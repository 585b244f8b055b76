/**
 * Every bound that the Realtime server puts on a client, in one place. What a limit protects is said beside it;
 * what a client sees when it crosses one is in docs/realtime.md.
 */
export interface RealtimeLimits {
  /** Open sockets; one more is refused with status 429. */
  readonly maxConnections: number
  /** Joined channels of one connection (Supabase's default). */
  readonly maxChannelsPerConnection: number
  /** One websocket message; a larger one closes the socket with 1009. */
  readonly maxFrameBytes: number
  /** A broadcast's or a presence's payload (Supabase's free plan allows as much). */
  readonly maxPayloadBytes: number
  /** A topic with its `realtime:` prefix: binary frames count it in one byte. */
  readonly maxTopicBytes: number
  /** Frames of any kind that one connection may send, sustained and at once; beyond it closes with 1008. */
  readonly framesPerSecond: number
  readonly frameBurst: number
  /** Broadcasts that one connection may send, sustained and at once; beyond it the channel is closed. */
  readonly broadcastsPerSecond: number
  readonly broadcastBurst: number
  /** Joins of one connection, sustained and at once; beyond it the socket is closed. */
  readonly joinsPerSecond: number
  readonly joinBurst: number
  /** Track and untrack calls of one channel in a window, as many as Supabase takes by default. */
  readonly presenceEventsPerWindow: number
  readonly presenceWindowMs: number
  /** `postgres_changes` bindings of one channel. */
  readonly maxChangeBindingsPerChannel: number
  /** Frames that wait while a channel joins or checks a token; beyond it the socket is closed. */
  readonly maxQueuedFramesPerChannel: number
  /** Frames that cannot be read, before the socket is closed with 1002. */
  readonly malformedFramesBeforeClose: number
  /** Bytes that may wait for a slow reader; beyond it its socket is ended, so that memory stays bounded. */
  readonly maxBufferedBytes: number
  /** How often the server pings, and how long a socket may be wholly silent before it counts as dead. */
  readonly pingIntervalMs: number
  readonly deadAfterMs: number
  /** How long a client may send no frame at all; Supabase's client heartbeats each 25 s. */
  readonly heartbeatTimeoutMs: number
  /** Presence changes of a topic within this window travel as one diff. */
  readonly presenceFlushIntervalMs: number
  /** Body and number of messages of one REST broadcast. */
  readonly maxRequestBytes: number
  readonly maxMessagesPerRequest: number
  /** REST broadcasts of all callers together, sustained and at once; beyond it 429. */
  readonly requestsPerSecond: number
  readonly requestBurst: number
  /** One question to the database. */
  readonly databaseTimeoutMs: number
  /** Connections for authorisation; the listener and the change stream have one more each. */
  readonly databasePoolSize: number
  readonly reconnectDelayMinMs: number
  readonly reconnectDelayMaxMs: number
  /** Rows of realtime.messages older than this are deleted, this often, this many at a time. */
  readonly messageRetentionMs: number
  readonly pruneIntervalMs: number
  readonly pruneBatchRows: number
  /** After a lost connection, rows this much older than the loss are looked at again (transactions then under way). */
  readonly catchUpMarginMs: number
  readonly maxCatchUpRows: number
  /** How long the change stream outlives its last subscriber. */
  readonly changeStreamLingerMs: number
  /** How often the change stream tells the server how far it has read, so that WAL can be recycled. */
  readonly changeStreamStatusIntervalMs: number
  /** Changes that may wait to be delivered; beyond it they are dropped and the stream starts anew. */
  readonly maxWaitingChangeBytes: number
  /** A changed row larger than this travels without its long values, as Supabase does. */
  readonly maxChangeBytes: number
}

export const defaultRealtimeLimits: RealtimeLimits = {
  maxConnections: 2_000,
  maxChannelsPerConnection: 100,
  maxFrameBytes: 1_048_576,
  maxPayloadBytes: 262_144,
  maxTopicBytes: 255,
  framesPerSecond: 500,
  frameBurst: 1_000,
  broadcastsPerSecond: 100,
  broadcastBurst: 300,
  joinsPerSecond: 20,
  joinBurst: 200,
  presenceEventsPerWindow: 5,
  presenceWindowMs: 30_000,
  maxChangeBindingsPerChannel: 100,
  maxQueuedFramesPerChannel: 500,
  malformedFramesBeforeClose: 20,
  maxBufferedBytes: 4_194_304,
  pingIntervalMs: 5_000,
  deadAfterMs: 15_000,
  heartbeatTimeoutMs: 75_000,
  presenceFlushIntervalMs: 25,
  maxRequestBytes: 3_000_000,
  maxMessagesPerRequest: 500,
  requestsPerSecond: 200,
  requestBurst: 1_000,
  databaseTimeoutMs: 5_000,
  databasePoolSize: 4,
  reconnectDelayMinMs: 50,
  reconnectDelayMaxMs: 2_000,
  messageRetentionMs: 3_600_000,
  pruneIntervalMs: 60_000,
  pruneBatchRows: 5_000,
  catchUpMarginMs: 10_000,
  maxCatchUpRows: 10_000,
  changeStreamLingerMs: 30_000,
  changeStreamStatusIntervalMs: 10_000,
  maxWaitingChangeBytes: 67_108_864,
  maxChangeBytes: 1_048_576,
}
