import {
  request as requestHttp,
  type ClientRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Duplex } from 'node:stream'

/** Where a request goes on to, and what it is told of who asks. */
export type Onward = {
  /** Of the backend or the media server: `http://127.0.0.1:54321`. */
  readonly origin: string
  /** Path and query. */
  readonly target: string
  /** In place of what the guest has sent under these names. */
  readonly headers: Readonly<Record<string, string>>
  readonly remoteAddress: string
}

/** Bytes of one request; the test of the connection sends the most. */
const BODY_MAX_BYTES = 16 * 1024 * 1024
const ANSWER_TIMEOUT_MS = 60_000

/** What goes on of a guest's headers. SECURITY: nothing that says where a request comes from, or over what. */
const passedHeaders = [
  'accept',
  'accept-profile',
  'content-length',
  'content-profile',
  'content-type',
  'idempotency-key',
  'prefer',
  'range',
  'user-agent',
  'x-client-info',
  'x-supabase-api-version',
] as const
const socketHeaders = [
  'origin',
  'sec-websocket-extensions',
  'sec-websocket-key',
  'sec-websocket-protocol',
  'sec-websocket-version',
  'user-agent',
] as const
/** They are of one connection, and not of what is said over it. */
const hopHeaders = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

function pick(incoming: IncomingMessage, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = incoming.headers[name]
      return typeof value === 'string' ? [[name, value]] : []
    }),
  )
}

function open(method: string | undefined, onward: Onward, headers: Record<string, string>): ClientRequest {
  const url = new URL(onward.origin)
  const ask = url.protocol === 'https:' ? requestHttps : requestHttp
  return ask({
    hostname: url.hostname,
    port: url.port,
    path: onward.target,
    method,
    headers: {
      ...headers,
      ...onward.headers,
      host: url.host,
      'x-forwarded-for': onward.remoteAddress,
      'x-forwarded-proto': 'https',
    },
    timeout: ANSWER_TIMEOUT_MS,
    // A connection of its own: what one guest sends cannot be taken for the beginning of another's.
    agent: false,
  })
}

/** Passes a request on and its answer back. */
export function forwardRequest(incoming: IncomingMessage, outgoing: ServerResponse, onward: Onward): void {
  const onwardRequest = open(incoming.method, onward, pick(incoming, passedHeaders))
  const fail = (status: number): void => {
    onwardRequest.destroy()
    if (outgoing.headersSent) return void outgoing.destroy()
    outgoing.writeHead(status, { connection: 'close', 'access-control-allow-origin': '*' }).end()
  }
  let receivedBytes = 0
  incoming.on('data', (chunk: Buffer) => {
    receivedBytes += chunk.length
    if (receivedBytes > BODY_MAX_BYTES) fail(413)
  })
  onwardRequest.on('response', (answer) => {
    const headers = Object.entries(answer.headers).filter(([name]) => !hopHeaders.has(name))
    outgoing.writeHead(answer.statusCode ?? 502, Object.fromEntries(headers))
    answer.pipe(outgoing)
    answer.on('error', () => outgoing.destroy())
  })
  onwardRequest.on('timeout', () => fail(504))
  onwardRequest.on('error', () => fail(502))
  outgoing.on('close', () => onwardRequest.destroy())
  incoming.pipe(onwardRequest)
}

/** Passes a WebSocket on; from the answer on, bytes go both ways until either side ends. */
export function forwardUpgrade(
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  onward: Onward,
): void {
  const onwardRequest = open('GET', onward, {
    ...pick(incoming, socketHeaders),
    connection: 'Upgrade',
    upgrade: 'websocket',
  })
  const end = (): void => {
    onwardRequest.destroy()
    socket.destroy()
  }
  onwardRequest.on('upgrade', (answer, onwardSocket, onwardHead) => {
    const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${String(value)}\r\n`)
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`)
    if (onwardHead.length > 0) socket.write(onwardHead)
    if (head.length > 0) onwardSocket.write(head)
    socket.pipe(onwardSocket).pipe(socket)
    onwardSocket.setTimeout(0)
    onwardSocket.setNoDelay(true)
    for (const event of ['close', 'error']) {
      onwardSocket.on(event, end)
      socket.on(event, () => onwardSocket.destroy())
    }
  })
  // It was refused, in words.
  onwardRequest.on('response', (answer) => {
    answer.resume()
    socket.end(
      `HTTP/1.1 ${answer.statusCode ?? 502} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    )
  })
  onwardRequest.on('timeout', end)
  onwardRequest.on('error', end)
  for (const event of ['close', 'error']) socket.on(event, end)
  onwardRequest.end()
}
