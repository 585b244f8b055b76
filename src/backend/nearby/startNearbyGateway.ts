import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import {
  NEARBY_ALIVE_INTERVAL_MS,
  NEARBY_PROTOCOL,
  type NearbyEvent,
} from '../../shared/nearby/nearbyProtocol.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { systemErrorCode } from '../backendFailure.ts'
import type { HostCertificate } from './certificate.ts'
import { forwardRequest, forwardUpgrade, type Onward } from './forwardToLoopback.ts'
import { createGuestLimits, GUESTS_MAX_COUNT } from './guestLimits.ts'
import { judgeRequest, type Verdict } from './judgeRequest.ts'

export type NearbyGatewayOptions = {
  /** Where to listen at first: addresses of this computer, of which the system may not have all ready yet. */
  readonly addresses: readonly string[]
  readonly port: number
  readonly certificate: HostCertificate
  /** What guests have instead of the backend's key. */
  readonly key: string
  readonly hostName: string
  /** Asked anew for each request: another process may have taken the backend over. */
  readonly backend: () => {
    readonly url: string
    readonly publishableKey: string
    readonly mediaUrl: string | null
  }
  /** SECURITY: who is not nearby is not answered at all. */
  readonly isNearby: (remoteAddress: string | undefined) => boolean
  readonly onGuests: (count: number) => void
  readonly nowMs: () => number
}

export type NearbyGateway = {
  readonly port: number
  /** Those on which it listens at first: all that the system has ready. */
  readonly addresses: readonly string[]
  /**
   * Listens on these addresses from now on, at the same port; connections to those that stay go on. Answers with the addresses on which it
   * does: another program may have the port on one, or the system may not have it ready yet. Tells the guests where that has
   * changed.
   */
  readonly moveTo: (addresses: readonly string[]) => Promise<readonly string[]>
  /** Tells the guests, then closes. Not before a move has ended. */
  readonly stop: () => Promise<void>
}

const HANDSHAKE_TIMEOUT_MS = 10_000
/** Of all guests together. */
const CONNECTIONS_MAX_COUNT = 1_000
/** How long the guests' apps have to take the news that it is over. */
const FAREWELL_MS = 500

/** Listens with TLS on these addresses, at least on one of them. On a failure nothing is left listening. */
export async function startNearbyGateway(
  options: NearbyGatewayOptions,
): Promise<Result<NearbyGateway, 'port_in_use' | 'failed'>> {
  const door = createDoor(options)
  const servers = new Map<string, Server>()
  let { port } = options
  for (const address of options.addresses) {
    const server = door.createServer()
    const failure = await listen(server, address, port)
    // As an IPv6 address of which the system still asks whether somebody else has it.
    if (failure === 'EADDRNOTAVAIL') continue
    if (failure !== null) {
      for (const other of servers.values()) other.close()
      return err(['EADDRINUSE', 'EACCES'].includes(failure) ? 'port_in_use' : 'failed')
    }
    servers.set(address, server)
    const bound = server.address()
    if (typeof bound === 'object' && bound !== null) port = bound.port
  }
  if (servers.size === 0) return err('failed')
  const opened = [...servers.keys()]
  door.setAddresses(opened)
  const alive = setInterval(() => door.tell({ kind: 'alive' }), NEARBY_ALIVE_INTERVAL_MS)
  return ok({
    port,
    addresses: opened,
    moveTo: async (addresses) => {
      for (const [address, server] of servers) {
        if (addresses.includes(address)) continue
        servers.delete(address)
        server.close()
        // They hang in the air otherwise, until they are found to be silent.
        door.endAt(address)
      }
      for (const address of addresses) {
        if (servers.has(address)) continue
        const server = door.createServer()
        if ((await listen(server, address, port)) === null) servers.set(address, server)
      }
      const open = addresses.filter((address) => servers.has(address))
      door.setAddresses(open)
      return open
    },
    stop: async () => {
      clearInterval(alive)
      const closed = [...servers.values()].map(
        (server) => new Promise<void>((resolve) => void server.close(() => resolve())),
      )
      await door.sayGoodbye()
      door.endAll()
      await Promise.all(closed)
    },
  })
}

function listen(server: Server, host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    server.on('error', (error) => resolve(systemErrorCode(error) ?? 'unknown'))
    server.listen({ host, port, exclusive: true }, () => resolve(null))
  })
}

/** What all listening addresses share. */
function createDoor(options: NearbyGatewayOptions) {
  const { key, certificate } = options
  const limits = createGuestLimits(options.nowMs)
  const sockets = new Set<Socket>()
  const guests = new Set<ServerResponse>()
  let addresses: readonly string[] = []

  const welcome = (socket: Socket): void => {
    const address = addressOf(socket)
    const isTaken =
      options.isNearby(socket.remoteAddress) &&
      sockets.size < CONNECTIONS_MAX_COUNT &&
      limits.has(address, 'wrongKey') &&
      limits.open(address)
    if (!isTaken) return void socket.destroy()
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      sockets.delete(socket)
      limits.close(address)
    })
  }

  const judge = (request: IncomingMessage, isUpgrade: boolean): Verdict => {
    const { method = '', url: target = '', headers } = request
    const { publishableKey } = options.backend()
    const verdict = judgeRequest({ method, target, headers, isUpgrade }, { key, publishableKey })
    if (verdict.kind === 'refuse' && verdict.isWrongKey) limits.take(addressOf(request.socket), 'wrongKey')
    return verdict
  }

  const onwardOf = (
    verdict: Extract<Verdict, { kind: 'forward' }>,
    request: IncomingMessage,
  ): Onward | 'limited' | 'absent' => {
    const remoteAddress = addressOf(request.socket)
    if (!limits.take(remoteAddress, 'request')) return 'limited'
    if (verdict.isSignUp && !limits.take(remoteAddress, 'signUp')) return 'limited'
    const { url, mediaUrl } = options.backend()
    const origin = verdict.to === 'backend' ? url : mediaUrl?.replace(/^ws/, 'http')
    const { target, headers } = verdict
    return origin === undefined ? 'absent' : { origin, target, headers, remoteAddress }
  }

  const handleRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const verdict = judge(request, false)
    switch (verdict.kind) {
      case 'refuse':
        return answer(response, verdict.status)
      case 'preflight':
        return answerPreflight(request, response)
      case 'events':
        return addGuest(response)
      case 'forward': {
        const onward = onwardOf(verdict, request)
        if (onward === 'limited') return answer(response, 429)
        if (onward === 'absent') return answer(response, 404)
        return forwardRequest(request, response, onward)
      }
    }
  }

  const handleUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const verdict = judge(request, true)
    const onward = verdict.kind === 'forward' ? onwardOf(verdict, request) : 'absent'
    if (verdict.kind === 'forward' && typeof onward === 'object') {
      return forwardUpgrade(request, socket, head, onward)
    }
    const status = verdict.kind === 'refuse' ? verdict.status : onward === 'limited' ? 429 : 404
    socket.on('error', () => socket.destroy())
    socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  }

  const addGuest = (response: ServerResponse): void => {
    if (guests.size >= GUESTS_MAX_COUNT) return answer(response, 503)
    response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' })
    write(response, { kind: 'hello', protocol: NEARBY_PROTOCOL, hostName: options.hostName })
    write(response, { kind: 'addresses', addresses: [...addresses] })
    guests.add(response)
    options.onGuests(guests.size)
    response.on('close', () => {
      guests.delete(response)
      options.onGuests(guests.size)
    })
  }

  const tell = (event: NearbyEvent): void => {
    for (const guest of guests) write(guest, event)
  }

  return {
    createServer: (): Server => {
      const server = createServer(
        {
          key: certificate.privateKey,
          cert: certificate.certificate,
          minVersion: 'TLSv1.3',
          ALPNProtocols: ['http/1.1'],
          handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
          headersTimeout: 10_000,
          requestTimeout: 60_000,
          keepAliveTimeout: 30_000,
          maxHeaderSize: 16_384,
        },
        handleRequest,
      )
      // Before TLS begins, and for those too who never begin it.
      server.on('connection', welcome)
      server.on('tlsClientError', (_error, socket) => socket.destroy())
      server.on('upgrade', handleUpgrade)
      // Without an ear for it Node would answer plain text.
      server.on('clientError', (_error, socket) => socket.destroy())
      return server
    },
    tell,
    /** Guests are told, so that they find another way when the one that they came by is gone. */
    setAddresses: (next: readonly string[]): void => {
      if (next.join() === addresses.join()) return
      addresses = next
      tell({ kind: 'addresses', addresses: [...next] })
    },
    endAt: (address: string): void => {
      for (const socket of sockets) if (plainAddress(socket.localAddress) === address) socket.destroy()
    },
    /** Resolves when all have taken it, or have had the time to. */
    sayGoodbye: async (): Promise<void> => {
      const told = [...guests].map(
        (guest) =>
          new Promise<void>((resolve) => {
            guest.on('close', resolve)
            write(guest, { kind: 'stopping' })
            guest.end(() => resolve())
          }),
      )
      const deadline = new Promise<void>((resolve) => void setTimeout(resolve, FAREWELL_MS).unref())
      await Promise.race([Promise.all(told), deadline])
    },
    endAll: (): void => {
      for (const socket of sockets) socket.destroy()
    },
  }
}

function write(guest: ServerResponse, event: NearbyEvent): void {
  guest.write(`${JSON.stringify(event)}\n`)
}

function addressOf(socket: { readonly remoteAddress?: string | undefined }): string {
  return plainAddress(socket.remoteAddress)
}

function plainAddress(address: string | undefined): string {
  return address?.replace(/^::ffff:/, '') ?? ''
}

/** Said in a form that the app's page can read as well. */
function answer(response: ServerResponse, status: number): void {
  const headers = {
    'access-control-allow-origin': '*',
    'content-type': 'application/json',
    connection: 'close',
  }
  response.writeHead(status, headers).end(JSON.stringify({ message: 'The host refuses this.' }))
}

function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  response
    .writeHead(204, {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers':
        request.headers['access-control-request-headers'] ??
        'authorization, apikey, content-type, x-client-info',
      'access-control-allow-private-network': 'true',
      'access-control-max-age': '86400',
    })
    .end()
}
