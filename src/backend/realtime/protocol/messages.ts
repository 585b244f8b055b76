/** The two serialisations that Supabase's client can ask for with `vsn`. */
export type ProtocolVersion = '1.0.0' | '2.0.0'

/** What a client sent, whichever serialisation it used. */
export type ClientFrame =
  | {
      readonly kind: 'message'
      readonly joinRef: string | null
      readonly ref: string | null
      readonly topic: string
      readonly event: string
      readonly payload: unknown
    }
  | {
      readonly kind: 'broadcast'
      readonly joinRef: string | null
      readonly ref: string | null
      readonly topic: string
      readonly broadcast: Broadcast
      /** Size of what the sender wants to have delivered. */
      readonly payloadBytes: number
    }

/** A message from the server to one client. */
export interface ServerMessage {
  readonly joinRef: string | null
  readonly ref: string | null
  readonly topic: string
  readonly event: string
  readonly payload: unknown
}

/** Says where a broadcast came from when it came from the database. */
export interface BroadcastMeta {
  readonly id: string
  readonly replayed?: true
}

/** A broadcast on its way to many, its payload still encoded, so that it is encoded once and never parsed again. */
export type Broadcast =
  | {
      readonly kind: 'event'
      readonly event: string
      readonly encoding: 'json' | 'binary'
      /** The user's payload: JSON text in UTF-8, or raw bytes. */
      readonly data: Uint8Array
      readonly meta: BroadcastMeta | null
    }
  | {
      readonly kind: 'map'
      /** The whole message `{type, event, payload, …}` as JSON text, as a 1.0.0 client sent it. */
      readonly json: string
    }

/** One websocket message, ready to be sent to any number of clients. */
export interface EncodedFrame {
  readonly data: Buffer
  readonly binary: boolean
}

/** True for a JSON object, as opposed to a list or a scalar. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
