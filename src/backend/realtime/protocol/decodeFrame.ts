import { err, ok, type Result } from '../../../shared/result.ts'
import { isRecord, type ClientFrame, type ProtocolVersion } from './messages.ts'

/** Why a frame could not be read. */
export interface FrameError {
  readonly kind: 'malformedFrame'
  readonly message: string
}

const userBroadcastPush = 3
const binaryEncoding = 0
const jsonEncoding = 1
/** Kind, five lengths and the payload's encoding, one byte each. */
const broadcastHeaderBytes = 7

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads one websocket message of a client: the JSON object of 1.0.0, the JSON array or the binary broadcast of 2.0.0.
 * Source: Serializer of @supabase/realtime-js 2.119 and the V1 and V2 serializers of Phoenix.
 */
export function decodeFrame(
  version: ProtocolVersion,
  data: Buffer,
  isBinary: boolean,
): Result<ClientFrame, FrameError> {
  if (isBinary) {
    if (version === '1.0.0') return malformed('Version 1.0.0 has no binary frames.')
    return decodeBinary(data)
  }
  const parsed = parseJson(data)
  if (!parsed.ok) return malformed('The frame is not JSON.')
  return version === '1.0.0' ? decodeObject(parsed.value) : decodeArray(parsed.value)
}

function decodeObject(value: unknown): Result<ClientFrame, FrameError> {
  if (!isRecord(value)) return malformed('Version 1.0.0 expects a JSON object.')
  return toFrame(value['join_ref'], value['ref'], value['topic'], value['event'], value['payload'])
}

function decodeArray(value: unknown): Result<ClientFrame, FrameError> {
  if (!Array.isArray(value) || value.length < 5)
    return malformed('Version 2.0.0 expects a JSON array of five.')
  const [joinRef, ref, topic, event, payload] = value as readonly unknown[]
  return toFrame(joinRef, ref, topic, event, payload)
}

function toFrame(
  joinRef: unknown,
  ref: unknown,
  topic: unknown,
  event: unknown,
  payload: unknown,
): Result<ClientFrame, FrameError> {
  if (typeof topic !== 'string') return malformed('The topic is not a string.')
  if (typeof event !== 'string') return malformed('The event is not a string.')
  const refs = { joinRef: toRef(joinRef), ref: toRef(ref), topic }
  if (event === 'broadcast' && isRecord(payload)) {
    const json = JSON.stringify(payload)
    const broadcast = { kind: 'map', json } as const
    return ok({ kind: 'broadcast', ...refs, broadcast, payloadBytes: Buffer.byteLength(json) })
  }
  return ok({ kind: 'message', ...refs, event, payload: payload ?? {} })
}

function toRef(value: unknown): string | null {
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : null
}

function decodeBinary(data: Buffer): Result<ClientFrame, FrameError> {
  if (data.length < broadcastHeaderBytes || data[0] !== userBroadcastPush) {
    return malformed('The binary frame is of no known kind.')
  }
  const lengths = [data[1], data[2], data[3], data[4], data[5]].map((length) => length ?? 0)
  const payloadStart = lengths.reduce((sum, length) => sum + length, broadcastHeaderBytes)
  if (payloadStart > data.length) return malformed('The binary frame is shorter than its header says.')
  const encoding = data[6]
  if (encoding !== binaryEncoding && encoding !== jsonEncoding) return malformed('Unknown payload encoding.')

  const fields = readFields(data, lengths)
  if (fields === null) return malformed('A header field is not UTF-8.')
  const [joinRef = '', ref = '', topic = '', event = ''] = fields
  const payload = data.subarray(payloadStart)
  // SECURITY: a payload that is called JSON but is not would throw in every receiver's decoder.
  if (encoding === jsonEncoding && !parseJson(payload).ok) return malformed('The payload is not JSON.')
  return ok({
    kind: 'broadcast',
    joinRef: joinRef === '' ? null : joinRef,
    ref: ref === '' ? null : ref,
    topic,
    broadcast: {
      kind: 'event',
      event,
      encoding: encoding === jsonEncoding ? 'json' : 'binary',
      data: payload,
      meta: null,
    },
    payloadBytes: payload.length,
  })
}

function readFields(data: Buffer, lengths: readonly number[]): string[] | null {
  let offset = broadcastHeaderBytes
  try {
    return lengths.map((length) => {
      const field = utf8.decode(data.subarray(offset, offset + length))
      offset += length
      return field
    })
  } catch {
    return null
  }
}

function parseJson(data: Buffer): Result<unknown, null> {
  try {
    return ok(JSON.parse(utf8.decode(data)) as unknown)
  } catch {
    return err(null)
  }
}

function malformed(message: string): Result<ClientFrame, FrameError> {
  return err({ kind: 'malformedFrame', message })
}
