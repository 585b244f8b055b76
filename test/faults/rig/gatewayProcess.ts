// `node gatewayProcess.ts HOST PORT UPSTREAM_PORT KEY_FILE CERTIFICATE_FILE`: a reverse proxy with TLS before the backend, as one stands before a hosted one. It also
// does what such a proxy does on a bad day, told by lines of JSON. Prints a line when it listens, and one for each command.
import { readFileSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { createServer } from 'node:https'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { z } from 'zod'

const [host = '', port, upstreamPort] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])]
/** The backend answers this name only. */
const upstreamName = `127.0.0.1:${upstreamPort}`

interface Carried {
  readonly client: Duplex
  readonly upstream: Socket
}
const sockets = new Set<Carried>()

const [keyFile = '', certificateFile = ''] = process.argv.slice(5)
const tls = { key: readFileSync(keyFile), cert: readFileSync(certificateFile) }
const server = createServer(tls, (incoming, outgoing) => {
  const asked = request(
    {
      host: '127.0.0.1',
      port: upstreamPort,
      method: incoming.method,
      path: incoming.url,
      headers: { ...incoming.headers, host: upstreamName },
    },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    },
  )
  // As proxies answer for a backend that is away.
  asked.on('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()))
  outgoing.on('close', () => asked.destroy())
  incoming.pipe(asked)
})

server.on('upgrade', (incoming: IncomingMessage, client: Duplex, head: Buffer) => {
  const upstream = connect(upstreamPort, '127.0.0.1')
  const carried = { client, upstream }
  sockets.add(carried)
  const end = (): void => {
    sockets.delete(carried)
    client.destroy()
    upstream.destroy()
  }
  upstream.setNoDelay(true)
  for (const each of [client, upstream]) {
    each.on('error', end)
    each.on('close', end)
  }
  const headers = Object.entries({ ...incoming.headers, host: upstreamName }).map(
    ([name, value]) => `${name}: ${String(value)}`,
  )
  upstream.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`)
  upstream.write(head)
  client.pipe(upstream)
  upstream.pipe(client)
})

/** A server's close frame (RFC 6455, 5.5.1): not masked, two bytes of payload. */
function closeFrame(code: number): Buffer {
  return Buffer.from([0x88, 0x02, code >> 8, code & 0xff])
}

const commandSchema = z.object({ do: z.enum(['kill', 'close', 'freeze']), code: z.number().default(1011) })

const actions: Readonly<
  Record<z.infer<typeof commandSchema>['do'], (carried: Carried, code: number) => void>
> = {
  /** The connection ends without a word: the page is told 1006. */
  kill: ({ client }) => client.destroy(),
  close: ({ client, upstream }, code) => {
    upstream.unpipe(client)
    client.end(closeFrame(code))
  },
  /** Half-open: nobody is told, and nothing goes through any more. */
  freeze: ({ client, upstream }) => {
    client.unpipe(upstream)
    upstream.unpipe(client)
    client.resume()
    upstream.resume()
  },
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const asked = commandSchema.parse(JSON.parse(line))
  const affected = [...sockets]
  for (const carried of affected) actions[asked.do](carried, asked.code)
  process.stdout.write(`${JSON.stringify({ count: affected.length })}\n`)
})
process.stdin.on('end', () => process.exit(0))
server.listen(port, host, () => process.stdout.write(`${JSON.stringify({ listening: true })}\n`))
