import type { TokenClaims, VerifyToken } from '../auth/verifyToken.ts'
import type { TopicHub } from '../channels/topicHub.ts'
import type { AuthorizeChannel } from '../database/channelAuthorizer.ts'
import { isRecord, type Broadcast } from '../protocol/messages.ts'
import { createBucket, takePermit } from '../protocol/rateLimiter.ts'
import type { RealtimeLimits } from '../realtimeLimits.ts'

/** Answers the REST side of Realtime; the path is below `/realtime/v1/api`. */
export type BroadcastApi = (request: Request, path: string) => Promise<Response>

export interface BroadcastApiOptions {
  readonly hub: TopicHub
  readonly verifyToken: VerifyToken
  readonly authorize: AuthorizeChannel
  readonly limits: RealtimeLimits
  readonly monotonicNow: () => number
}

interface RestMessage {
  readonly subTopic: string
  readonly event: string
  readonly payload: unknown
  readonly isPrivate: boolean
}

const singlePath = /^\/broadcast\/([^/]+)\/events\/([^/]+)$/

/**
 * `POST /broadcast` takes a batch and leaves out, without a word, what the caller may not send, as Supabase does;
 * `POST /broadcast/{topic}/events/{event}` takes one message, JSON or bytes, and says 403 instead.
 */
export function createBroadcastApi(options: BroadcastApiOptions): BroadcastApi {
  const { hub, limits } = options
  const rate = { perSecond: limits.requestsPerSecond, burst: limits.requestBurst }
  let bucket = createBucket(rate, options.monotonicNow())

  async function handleBatch(request: Request, token: TokenClaims): Promise<Response> {
    const body = await readBody(request, limits.maxRequestBytes)
    if (body === null) return message(413, 'Payload size exceeds tenant limit')
    const messages = parseBatch(body, limits)
    if (!Array.isArray(messages)) return json(422, { errors: messages })
    const mayWrite = new Map<string, boolean>()
    for (const entry of messages) {
      if (entry.isPrivate && !mayWrite.has(entry.subTopic)) {
        const access = await options.authorize(entry.subTopic, token)
        mayWrite.set(entry.subTopic, access.ok && access.value.broadcastWrite)
      }
      if (entry.isPrivate && mayWrite.get(entry.subTopic) !== true) continue
      deliver(entry, jsonBroadcast(entry.event, entry.payload))
    }
    return new Response(null, { status: 202 })
  }

  async function handleSingle(
    request: Request,
    token: TokenClaims,
    target: { readonly subTopic: string; readonly event: string; readonly isPrivate: boolean },
  ): Promise<Response> {
    const contentType = (request.headers.get('content-type') ?? '').split(';')[0]?.trim()
    const isBinary = contentType === 'application/octet-stream'
    if (!isBinary && contentType !== 'application/json') return message(415, 'Unsupported Media Type')
    const body = await readBody(request, limits.maxRequestBytes)
    if (body === null || body.length > limits.maxPayloadBytes) {
      return json(422, { errors: { payload: ['Payload size exceeds tenant limit'] } })
    }
    if (!isBinary && parseJson(body) === undefined)
      return json(422, { errors: { payload: ['is not valid JSON'] } })
    if (target.isPrivate) {
      const access = await options.authorize(target.subTopic, token)
      if (!access.ok) return message(422, 'Tenant database unavailable')
      if (!access.value.broadcastWrite) return message(403, 'Unauthorized')
    }
    deliver(target, {
      kind: 'event',
      event: target.event,
      encoding: isBinary ? 'binary' : 'json',
      data: body,
      meta: null,
    })
    return new Response(null, { status: 202 })
  }

  function deliver(
    target: { readonly subTopic: string; readonly isPrivate: boolean },
    broadcast: Broadcast,
  ): void {
    hub.broadcast({ subTopic: target.subTopic, isPrivate: target.isPrivate }, broadcast, null)
  }

  return async (request, path) => {
    const single = singlePath.exec(path)
    if (path !== '/broadcast' && single === null) return message(404, 'not found')
    if (request.method !== 'POST') return message(405, 'Method Not Allowed')
    const taken = takePermit(bucket, rate, options.monotonicNow())
    bucket = taken.bucket
    if (!taken.allowed) return message(429, 'You have exceeded your rate limit')

    const token = await authenticate(request, options.verifyToken)
    if (token === null) return message(401, 'Unauthorized')
    if (single === null) return handleBatch(request, token)
    const subTopic = decodeSegment(single[1])
    const event = decodeSegment(single[2])
    if (subTopic === null || event === null) return json(422, { errors: { topic: ['is invalid'] } })
    const isPrivate = new URL(request.url).searchParams.get('private') === 'true'
    return handleSingle(request, token, { subTopic, event, isPrivate })
  }
}

/** The bearer token, or without one the API key. A bearer that is refused is not made up for by the key. */
async function authenticate(request: Request, verifyToken: VerifyToken): Promise<TokenClaims | null> {
  const bearer = /^bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  const token = bearer ?? request.headers.get('apikey')
  if (token === null || token === undefined) return null
  const verified = await verifyToken(token)
  return verified.ok ? verified.value : null
}

type FieldErrors = Readonly<Record<string, readonly string[]>>

function parseBatch(body: Buffer, limits: RealtimeLimits): RestMessage[] | FieldErrors {
  const parsed = parseJson(body)
  const entries = isRecord(parsed) ? parsed['messages'] : undefined
  if (!Array.isArray(entries)) return { messages: ["can't be blank"] }
  if (entries.length > limits.maxMessagesPerRequest) return { messages: ['Too many messages to broadcast'] }
  const messages: RestMessage[] = []
  for (const entry of entries as readonly unknown[]) {
    if (!isRecord(entry)) return { messages: ['is invalid'] }
    const { topic, event, payload } = entry
    if (typeof topic !== 'string' || topic === '') return { topic: ["can't be blank"] }
    if (typeof event !== 'string' || event === '') return { event: ["can't be blank"] }
    if (!isRecord(payload)) return { payload: ['is invalid'] }
    if (Buffer.byteLength(JSON.stringify(payload)) > limits.maxPayloadBytes) {
      return { payload: ['Payload size exceeds tenant limit'] }
    }
    messages.push({ subTopic: topic, event, payload, isPrivate: entry['private'] === true })
  }
  return messages
}

function jsonBroadcast(event: string, payload: unknown): Broadcast {
  return { kind: 'event', event, encoding: 'json', data: Buffer.from(JSON.stringify(payload)), meta: null }
}

/** Reads at most `maxBytes`; null when there is more. */
async function readBody(request: Request, maxBytes: number): Promise<Buffer | null> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return null
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body?.getReader()
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    size += part.value.length
    if (size > maxBytes) {
      await reader?.cancel()
      return null
    }
    chunks.push(part.value)
  }
  return Buffer.concat(chunks)
}

/** Undefined when it is not JSON. */
function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown
  } catch {
    return undefined
  }
}

function decodeSegment(segment: string | undefined): string | null {
  try {
    const text = decodeURIComponent(segment ?? '')
    return text === '' ? null : text
  } catch {
    return null
  }
}

function message(status: number, text: string): Response {
  return json(status, { message: text })
}

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
}
