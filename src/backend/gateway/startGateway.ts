import { getRequestListener } from '@hono/node-server'
import { createServer, IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Result } from '../../shared/result.ts'
import { ok } from '../../shared/result.ts'
import { fail, systemErrorCode, type BackendFailure } from '../backendFailure.ts'
import { isLoopbackHost } from './hostGuard.ts'

export type GatewayHandlers = {
  readonly fetch: (request: Request) => Response | Promise<Response>
  /** Takes over a connection to `/realtime/v1/websocket` that asks to become a websocket. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
}

/** The listening HTTP server. What arrives before `open` waits for it, so that clients see no gap in a take-over. */
export type Gateway = {
  readonly port: number
  readonly open: (handlers: GatewayHandlers) => void
  /** Can be called twice. */
  readonly close: () => Promise<void>
}

const websocketPath = '/realtime/v1/websocket'
const headersTimeoutMs = 10_000
const requestTimeoutMs = 60_000
const keepAliveTimeoutMs = 30_000
/** Methods that the platform's requests cannot have. */
const unspeakableMethods = new Set(['CONNECT', 'TRACE', 'TRACK'])
/** While we start, more than this many callers are not worth keeping. */
const maxConnections = 2_000

/**
 * What a request sends, read only as far as somebody asks for it. What nobody reads can still be thrown away, so that the
 * connection serves the next request: the platform's own adapter would hold it back.
 */
function readBody(incoming: IncomingMessage): ReadableStream<Uint8Array> | null {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = incoming.headers
  if (encoding === undefined && Number(length) === 0) return null
  let chunks: AsyncIterator<Uint8Array> | undefined
  return new ReadableStream(
    {
      async pull(controller) {
        chunks ??= incoming.iterator({ destroyOnReturn: false })
        const chunk = await chunks.next()
        if (chunk.done === true) controller.close()
        else controller.enqueue(chunk.value)
      },
      async cancel() {
        await chunks?.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}

/** The adapter's requests only look like the platform's, which accepts none but its own when a request is copied. */
function toGenuineRequest({ url, method, headers }: Request, incoming: IncomingMessage): Request {
  const body = method === 'GET' || method === 'HEAD' ? null : readBody(incoming)
  if (body === null) return new Request(url, { method, headers })
  // The types of the DOM do not know yet that a streamed body needs it.
  const init: RequestInit & { duplex: 'half' } = { method, headers, body, duplex: 'half' }
  return new Request(url, init)
}

/** A body that was left half-read holds up whatever comes after it on the same connection. */
function endConnectionIfHalfRead(response: Response, incoming: IncomingMessage): Response {
  if (!incoming.readableDidRead || incoming.readableEnded) return response
  const headers = new Headers(response.headers)
  headers.set('connection', 'close')
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function listenOn(server: Server, port: number): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    server.once('error', resolve)
    // SECURITY: the loopback interface only; no other machine can connect.
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.off('error', resolve)
      resolve(null)
    })
  })
}

async function listenOnFirst(
  server: Server,
  ports: readonly number[],
): Promise<Result<number, BackendFailure>> {
  for (const port of ports) {
    const error = await listenOn(server, port)
    if (error === null) {
      const address = server.address()
      if (typeof address !== 'object' || address === null) throw new Error('the server has no address')
      return ok(address.port)
    }
    if (!['EADDRINUSE', 'EACCES'].includes(systemErrorCode(error) ?? '')) throw error
  }
  return fail(
    'port-in-use',
    `Port ${ports.join(', ')} is in use by another program. Choose another one with --port, or leave --port out to ` +
      'get a free one.',
  )
}

/**
 * Listens on a port of 127.0.0.1.
 * @param ports tried in this order; 0 stands for any free port
 */
export async function startGateway(ports: readonly number[]): Promise<Result<Gateway, BackendFailure>> {
  let open: Gateway['open'] = () => {}
  const opened = new Promise<GatewayHandlers>((resolve) => (open = resolve))
  const listener = getRequestListener(
    async (request, { incoming }) => {
      if (!(incoming instanceof IncomingMessage)) throw new Error('only HTTP/1 is served here')
      if (unspeakableMethods.has(incoming.method ?? '')) {
        return Response.json({ message: 'This backend does not know that method.' }, { status: 405 })
      }
      const response = await (await opened).fetch(toGenuineRequest(request, incoming))
      return endConnectionIfHalfRead(response, incoming)
    },
    { overrideGlobalObjects: false },
  )
  const server = createServer(
    {
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      keepAliveTimeout: keepAliveTimeoutMs,
    },
    (incoming, outgoing) => void listener(incoming, outgoing),
  )
  server.maxConnections = maxConnections
  const upgraded = new Set<Duplex>()
  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const path = (request.url ?? '').split('?')[0]
    if (!isLoopbackHost(request.headers.host)) return refuseUpgrade(socket, '421 Misdirected Request')
    if (path !== websocketPath) return refuseUpgrade(socket, '404 Not Found')
    upgraded.add(socket)
    socket.once('close', () => upgraded.delete(socket))
    const handlers = await opened
    if (!socket.destroyed) handlers.upgrade(request, socket, head)
    return undefined
  }
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    void upgrade(request, socket, head)
  })

  const port = await listenOnFirst(server, ports)
  if (!port.ok) return port
  return ok({ port: port.value, open, close: () => closeServer(server, upgraded) })
}

async function closeServer(server: Server, upgraded: ReadonlySet<Duplex>): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  server.closeAllConnections()
  for (const socket of upgraded) socket.destroy()
  await closed
}
