import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { appUrlOfRequest } from './originMap.ts'

type Handler = (request: Request) => Response | Promise<Response>

const privileged = new Set<string>()
const handlers = new Map<string, Handler>()
let server: Promise<number> | null = null

/** The schemes registered as privileged; they are the ones that have addresses in Chromium. */
export const appSchemes: ReadonlySet<string> = privileged

/** Electron's `protocol`, for schemes that are standard and secure. */
export const protocol: Pick<
  Electron.Protocol,
  'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'
> = {
  registerSchemesAsPrivileged: (schemes) => {
    for (const { scheme, privileges } of schemes) {
      if (privileges?.standard !== true || privileges.secure !== true) {
        throw new Error(
          `scheme ${scheme}: the Chromium runtime knows only schemes that are standard and secure`,
        )
      }
      privileged.add(scheme)
    }
  },
  handle: (scheme, handler) => {
    if (!privileged.has(scheme)) throw new Error(`scheme ${scheme} was not registered as privileged`)
    if (handlers.has(scheme)) throw new Error(`scheme ${scheme} is handled already`)
    handlers.set(scheme, handler)
  },
  unhandle: (scheme) => void handlers.delete(scheme),
  isProtocolHandled: (scheme) => handlers.has(scheme),
}

/** The port of the loopback server that answers for the app's schemes; started on first use. */
export function protocolServerPort(): Promise<number> {
  server ??= new Promise((resolve, reject) => {
    const http = createServer((request, response) => {
      answer(request, response).catch((error: unknown) => {
        console.error('[chromium-runtime] protocol handler failed:', error)
        if (!response.headersSent) response.writeHead(500)
        response.end()
      })
    })
    http.on('error', reject)
    http.listen(0, '127.0.0.1', () => {
      const address = http.address()
      if (address === null || typeof address === 'string')
        reject(new Error('the loopback server has no port'))
      else resolve(address.port)
    })
    http.unref()
  })
  return server
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  // SECURITY: other pages of this machine reach the port too; only the app's own host names are answered.
  const target = appUrlOfRequest(incoming.headers.host, incoming.url ?? '', privileged)
  const handler = target === null ? undefined : handlers.get(target.scheme)
  if (target === null || handler === undefined) {
    outgoing.writeHead(403).end()
    return
  }
  const method = incoming.method ?? 'GET'
  const hasBody = method !== 'GET' && method !== 'HEAD'
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined && name !== 'host')
      headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  const response = await handler(
    new Request(target.url, {
      method,
      headers,
      ...(hasBody ? { body: Readable.toWeb(incoming) as unknown as BodyInit, duplex: 'half' } : {}),
    }),
  )
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  if (response.body === null || method === 'HEAD') {
    outgoing.end()
    return
  }
  Readable.fromWeb(response.body as ReadableStream).pipe(outgoing)
}
