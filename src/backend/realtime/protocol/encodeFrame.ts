import type { Broadcast, EncodedFrame, ProtocolVersion, ServerMessage } from './messages.ts'

const userBroadcast = 4
const maxHeaderFieldBytes = 255
const jsonEncoding = 1
const binaryEncoding = 0

/** Encodes a message to one client as JSON: an object for 1.0.0, an array for 2.0.0. */
export function encodeMessage(version: ProtocolVersion, message: ServerMessage): EncodedFrame {
  return text(frameJson(version, message, JSON.stringify(message.payload)))
}

/** Encodes a push to everybody on a topic, its payload already JSON text. */
export function encodePush(
  version: ProtocolVersion,
  topic: string,
  event: string,
  payloadJson: string,
): EncodedFrame {
  return text(frameJson(version, { joinRef: null, ref: null, topic, event, payload: null }, payloadJson))
}

/**
 * Encodes a broadcast for a topic. Answers null when the version cannot carry it: 1.0.0 has no way for raw bytes.
 * 2.0.0 gets the binary frame, and JSON when a header field is too long for it.
 */
export function encodeBroadcast(
  version: ProtocolVersion,
  topic: string,
  broadcast: Broadcast,
): EncodedFrame | null {
  if (broadcast.kind === 'map') return encodePush(version, topic, 'broadcast', broadcast.json)
  if (version === '2.0.0') {
    const frame = encodeBinaryBroadcast(topic, broadcast)
    if (frame !== null) return frame
  }
  if (broadcast.encoding === 'binary') return null
  const payload = Buffer.from(broadcast.data).toString('utf8')
  const meta = broadcast.meta === null ? '' : `,"meta":${JSON.stringify(broadcast.meta)}`
  const json = `{"type":"broadcast","event":${JSON.stringify(broadcast.event)},"payload":${payload}${meta}}`
  return encodePush(version, topic, 'broadcast', json)
}

function encodeBinaryBroadcast(
  topic: string,
  broadcast: Extract<Broadcast, { kind: 'event' }>,
): EncodedFrame | null {
  const meta = broadcast.meta === null ? '' : JSON.stringify(broadcast.meta)
  const fields = [topic, broadcast.event, meta].map((field) => Buffer.from(field, 'utf8'))
  if (fields.some((field) => field.length > maxHeaderFieldBytes)) return null
  const header = Buffer.from([
    userBroadcast,
    ...fields.map((field) => field.length),
    broadcast.encoding === 'json' ? jsonEncoding : binaryEncoding,
  ])
  return { data: Buffer.concat([header, ...fields, broadcast.data]), binary: true }
}

function frameJson(version: ProtocolVersion, message: ServerMessage, payloadJson: string): string {
  const topic = JSON.stringify(message.topic)
  const event = JSON.stringify(message.event)
  const ref = JSON.stringify(message.ref)
  if (version === '1.0.0') return `{"topic":${topic},"event":${event},"payload":${payloadJson},"ref":${ref}}`
  return `[${JSON.stringify(message.joinRef)},${ref},${topic},${event},${payloadJson}]`
}

function text(json: string): EncodedFrame {
  return { data: Buffer.from(json, 'utf8'), binary: false }
}
