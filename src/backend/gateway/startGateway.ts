import { getRequestListener } from '@hono/node-server'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Result } from '../../shared/result.ts'
import { ok } from '../../shared/result.ts'
import { fail, systemErrorCode, type BackendFailure } from '../backendFailure.ts'
import { isLoopbackHost } from './hostGuard.ts'

/** Takes over a connection that asks to become a websocket. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

export type GatewayHandlers = {
  readonly fetch: (request: Request) => Response | Promise<Response>
  /** For `/realtime/v1/websocket`; `null` while there is no Realtime. */
  readonly upgrade: UpgradeHandler | null
}

/** The listening HTTP server. */
export type Gateway = { readonly port: number; readonly close: () => Promise<void> }

const websocketPath = '/realtime/v1/websocket'
const headersTimeoutMs = 10_000
const requestTimeoutMs = 60_000
const keepAliveTimeoutMs = 30_000

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

/**
 * Listens on a port of 127.0.0.1.
 * @param ports tried in this order; 0 stands for any free port
 */
export async function startGateway(
  handlers: GatewayHandlers,
  ports: readonly number[],
): Promise<Result<Gateway, BackendFailure>> {
  const listener = getRequestListener(handlers.fetch, { overrideGlobalObjects: false })
  const server = createServer(
    {
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      keepAliveTimeout: keepAliveTimeoutMs,
    },
    (incoming, outgoing) => void listener(incoming, outgoing),
  )
  const sockets = new Set<Duplex>()
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    const path = (request.url ?? '').split('?')[0]
    if (!isLoopbackHost(request.headers.host)) return refuseUpgrade(socket, '421 Misdirected Request')
    if (path !== websocketPath) return refuseUpgrade(socket, '404 Not Found')
    if (handlers.upgrade === null) return refuseUpgrade(socket, '501 Not Implemented')
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    return handlers.upgrade(request, socket, head)
  })
  for (const port of ports) {
    const error = await listenOn(server, port)
    if (error === null) {
      const address = server.address()
      if (typeof address !== 'object' || address === null) throw new Error('the server has no address')
      return ok({ port: address.port, close: () => closeServer(server, sockets) })
    }
    if (!['EADDRINUSE', 'EACCES'].includes(systemErrorCode(error) ?? '')) throw error
  }
  return fail(
    'port-in-use',
    `Port ${ports.join(', ')} is in use by another program. Choose another one with --port, or leave it out to get a free one.`,
  )
}

async function closeServer(server: Server, sockets: ReadonlySet<Duplex>): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  server.closeAllConnections()
  for (const socket of sockets) socket.destroy()
  await closed
}
