import { randomUUID } from 'node:crypto'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { SignJWT } from 'jose'
import postgres, { type Sql } from 'postgres'
import { WebSocket } from 'ws'
import {
  createRealtimeServer,
  type RealtimeLimits,
  type RealtimeLogEntry,
  type RealtimeServer,
} from '../realtimeServer.ts'
import { startPostgres, type PostgresFixture } from './postgresFixture.ts'

export const publishableKey = 'sb_publishable_test'
export const secretKey = 'sb_secret_test'
const jwtSecret = 'a-secret-of-at-least-thirty-two-bytes'

/** The Realtime server behind a plain HTTP server, on a real PostgreSQL. */
export interface RealtimeFixture {
  readonly port: number
  readonly url: string
  readonly sql: Sql
  readonly database: PostgresFixture
  readonly logEntries: RealtimeLogEntry[]
  /** The official client; `userId` null stays anonymous. */
  client(options?: { readonly userId?: string | null; readonly vsn?: string }): Promise<SupabaseClient>
  rawSocket(options?: { readonly apiKey?: string | null; readonly vsn?: string }): WebSocket
  disconnectClients(): Promise<void>
  restartServer(): Promise<void>
  stop(): Promise<void>
}

/** An access token as Auth issues it; `expiresInS` may be negative. */
export async function signToken(
  userId: string,
  expiresInS = 3_600,
  claims: Record<string, unknown> = {},
): Promise<string> {
  const expiresAtS = Math.floor(Date.now() / 1_000) + expiresInS
  return new SignJWT({ role: 'authenticated', sub: userId, jti: randomUUID(), ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime(expiresAtS)
    .sign(new TextEncoder().encode(jwtSecret))
}

export async function startRealtime(limits: Partial<RealtimeLimits> = {}): Promise<RealtimeFixture> {
  const database = await startPostgres()
  const sql = postgres(database.url, { max: 4, onnotice: () => undefined })
  const logEntries: RealtimeLogEntry[] = []
  const clients: SupabaseClient[] = []
  let { realtime, http } = await startServer(0)
  const port = portOf(http)
  const url = `http://127.0.0.1:${port}`

  async function startServer(listenPort: number) {
    const server = createRealtimeServer({
      databaseUrl: database.url,
      jwtSecret,
      apiKeys: { publishable: publishableKey, secret: secretKey },
      log: (entry) => logEntries.push(entry),
      limits,
    })
    await server.start()
    const httpServer = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const headers = Object.entries(request.headers).flatMap(([name, value]) =>
          typeof value === 'string' ? [[name, value] as [string, string]] : [],
        )
        const method = request.method ?? 'GET'
        const body = method === 'GET' ? null : Buffer.concat(chunks)
        const url = new URL(request.url ?? '/', 'http://127.0.0.1')
        void answer(server, new Request(url, { method, headers, body }), response)
      })
    })
    httpServer.on('upgrade', (request, socket, head) => {
      server.handleUpgrade(request, socket, head)
    })
    await new Promise<void>((resolve) => httpServer.listen(listenPort, '127.0.0.1', resolve))
    return { realtime: server, http: httpServer }
  }

  async function disconnectClients(): Promise<void> {
    await Promise.all(clients.splice(0).map((client) => client.realtime.disconnect()))
  }

  async function stopServer(): Promise<void> {
    await realtime.close()
    http.closeAllConnections()
    await new Promise((resolve) => http.close(resolve))
  }

  return {
    port,
    url,
    sql,
    database,
    logEntries,
    async client(options = {}) {
      const { userId = randomUUID(), vsn } = options
      const token = userId === null ? null : await signToken(userId)
      const client = createClient(url, publishableKey, {
        auth: { persistSession: false, autoRefreshToken: false },
        realtime: {
          ...(vsn === undefined ? {} : { vsn }),
          reconnectAfterMs: () => 50,
        },
      })
      if (token !== null) await client.realtime.setAuth(token)
      clients.push(client)
      return client
    },
    rawSocket(options = {}) {
      const { apiKey = publishableKey, vsn = '2.0.0' } = options
      const key = apiKey === null ? '' : `&apikey=${encodeURIComponent(apiKey)}`
      return new WebSocket(`ws://127.0.0.1:${port}/realtime/v1/websocket?vsn=${vsn}${key}`)
    },
    disconnectClients,
    async restartServer() {
      await stopServer()
      ;({ realtime, http } = await startServer(port))
    },
    async stop() {
      await disconnectClients()
      await stopServer()
      await sql.end({ timeout: 1 })
      await database.stop()
    },
  }
}

async function answer(server: RealtimeServer, request: Request, response: ServerResponse): Promise<void> {
  const answered = await server.handleRequest(request)
  response.writeHead(answered.status, Object.fromEntries(answered.headers))
  response.end(Buffer.from(await answered.arrayBuffer()))
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address !== 'object') throw new Error('The test server has no port.')
  return address.port
}
