import { createServer, type IncomingMessage } from 'node:http'
import { createClient } from '@redis/client'
import { z } from 'zod'
import { listenOnFreePort } from './listenOnFreePort.ts'

/** Upstash's REST protocol in front of a real Redis: what its client sends goes to the server as it is. */
export interface UpstashProxy {
  readonly url: string
  readonly token: string
  /** How many requests it has had. */
  requestCount(): number
  stop(): Promise<void>
}

const commandSchema = z.array(z.union([z.string(), z.number()])).min(1)

/**
 * Speaks the protocol as https://upstash.com/docs/redis/features/restapi describes it: one command as a JSON array to `/`,
 * several to `/pipeline` or, as a transaction, to `/multi-exec`; a bearer token; answers in base64 where they are asked for
 * so.
 */
export async function startUpstashProxy(redisUrl: string): Promise<UpstashProxy> {
  const token = crypto.randomUUID()
  let requests = 0

  async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    requests += 1
    if (request.headers.authorization !== `Bearer ${token}`) {
      return { status: 401, body: { error: 'WRONGPASS invalid or missing auth token' } }
    }
    const body: unknown = JSON.parse(await readText(request))
    const encode = request.headers['upstash-encoding'] === 'base64' ? toBase64 : (value: unknown) => value
    // A connection for each request: there is no state between them, and a Redis that was restarted is found again.
    const client = createClient({ url: redisUrl, RESP: 2, socket: { reconnectStrategy: false } })
    client.on('error', () => {})
    try {
      await client.connect()
      const send = async (command: readonly (string | number)[]): Promise<{ result: unknown }> => ({
        result: encode(await client.sendCommand(command.map(String))),
      })
      switch (request.url) {
        case '/':
          return { status: 200, body: await send(commandSchema.parse(body)) }
        case '/pipeline': {
          const results = []
          for (const command of z.array(commandSchema).parse(body)) results.push(await send(command))
          return { status: 200, body: results }
        }
        case '/multi-exec': {
          const transaction = client.multi()
          for (const command of z.array(commandSchema).parse(body))
            transaction.addCommand(command.map(String))
          const results = await transaction.exec()
          return { status: 200, body: results.map((result) => ({ result: encode(result) })) }
        }
        default:
          return { status: 404, body: { error: 'ERR no such path' } }
      }
    } catch (error) {
      return { status: 400, body: { error: error instanceof Error ? error.message : 'ERR' } }
    } finally {
      if (client.isOpen) client.destroy()
    }
  }

  const server = createServer((request, response) => {
    const respond = async (): Promise<void> => {
      const { status, body } = await answer(request)
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    void respond()
  })
  const url = await listenOnFreePort(server)
  return {
    url: url.replace(/\/$/, ''),
    token,
    requestCount: () => requests,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function toBase64(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toBase64)
  return typeof value === 'string' && value !== 'OK' ? Buffer.from(value).toString('base64') : value
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk)
  return text
}
