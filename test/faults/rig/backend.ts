import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { z } from 'zod'
import { createPreparedFolder } from '../../support/backend.ts'
import { makeCertificate } from './certificate.ts'
import { type LineProcess, startLineProcess } from './lineProcess.ts'
import { namespaceProcesses } from './namespaces.ts'
import type { Network, Place } from './network.ts'

const connectionSchema = z.object({
  publishableKey: z.string(),
  secretKey: z.string(),
  databaseUrl: z.string(),
})

/** What stands between the clients and the backend, and the ways in which it lets them down. All return how many it met. */
export interface Gateway {
  /** Resets every websocket: pages are told 1006. */
  kill(): Promise<number>
  /** Closes every websocket with this code. */
  closeSockets(code: number): Promise<number>
  /** Leaves every websocket open and carries nothing on it any more. New ones work. */
  freeze(): Promise<number>
}

/** The real backend with its database, in a place of the network. */
export interface FaultBackend extends AsyncDisposable {
  readonly place: Place
  /** The file of the certificate that its gateway shows. */
  readonly certificateFile: string
  /** As clients reach it. */
  readonly url: string
  readonly publishableKey: string
  readonly secretKey: string
  /** Of a media server that somebody else runs for it; null: it has what it starts itself, which nobody reaches. */
  readonly livekitUrl: string | null
  /** The schema owner's, as this process reaches it while the backend runs. */
  databaseUrl(): Promise<string>
  readonly gateway: Gateway
  /** Backend and database end at once, as by a power cut. */
  kill(): Promise<void>
  /** Starts it again on the same data and port. @returns milliseconds until it was ready */
  start(): Promise<number>
  /** How long the steps of its latest start took, in its own words. */
  startSteps(): string
}

const GATEWAY_PORT = 54321
const BACKEND_PORT = 54320
const script = (name: string): string => join(import.meta.dirname, name)

export async function startFaultBackend(
  network: Network,
  options: {
    readonly name?: string
    readonly accessTokenLifetimeS?: number
    readonly environment?: Readonly<Record<string, string>>
    readonly place?: Place
  } = {},
): Promise<FaultBackend> {
  const place = options.place ?? (await network.addPlace(options.name ?? 'backend'))
  const dataDir = await createPreparedFolder()
  const certificate = await makeCertificate(place.address())
  const lifetime = String(options.accessTokenLifetimeS ?? 3_600)
  let running: LineProcess | null = null
  let startSteps = ''

  async function startBackendThere(): Promise<z.infer<typeof connectionSchema>> {
    const command = [process.execPath, script('backendProcess.ts'), dataDir, String(BACKEND_PORT), lifetime]
    running = startLineProcess(place.inside(command), {
      env: { ...process.env, ...options.environment },
      say(text) {
        startSteps = /ready in [^\n]*/.exec(text)?.[0] ?? startSteps
      },
    })
    return connectionSchema.parse(JSON.parse(await running.nextLine()))
  }

  const gateway = startLineProcess(
    place.inside([
      process.execPath,
      script('gatewayProcess.ts'),
      place.address(),
      String(GATEWAY_PORT),
      String(BACKEND_PORT),
      certificate.keyFile,
      certificate.certificateFile,
    ]),
  )
  await gateway.nextLine()
  let { databaseUrl, ...keys } = await startBackendThere()
  const forwarded = new Map<string, number>()

  async function kill(): Promise<void> {
    const ended = running === null ? null : new Promise((resolve) => running?.child.once('close', resolve))
    for (const pid of await namespaceProcesses(place.namespace)) {
      if (pid !== gateway.child.pid) signal(pid, 'SIGKILL')
    }
    await ended
    running = null
  }

  return {
    place,
    url: `https://${place.address()}:${GATEWAY_PORT}`,
    certificateFile: certificate.certificateFile,
    ...keys,
    livekitUrl: options.environment?.['STUDYHALL_LIVEKIT_URL'] ?? null,
    async databaseUrl() {
      const url = new URL(databaseUrl)
      const target = url.host
      const port = forwarded.get(target) ?? (await network.link.forward(place.namespace, target))
      forwarded.set(target, port)
      url.host = `127.0.0.1:${port}`
      return url.href
    },
    gateway: {
      kill: () => act(gateway, { do: 'kill' }),
      closeSockets: (code) => act(gateway, { do: 'close', code }),
      freeze: () => act(gateway, { do: 'freeze' }),
    },
    kill,
    startSteps: () => startSteps,
    async start() {
      const startedAtMs = performance.now()
      ;({ databaseUrl } = await startBackendThere())
      return performance.now() - startedAtMs
    },
    async [Symbol.asyncDispose]() {
      const child = running?.child
      if (child !== undefined) {
        const ended = new Promise((resolve) => child.once('close', resolve))
        child.kill('SIGTERM')
        await ended
      }
      gateway.child.stdin?.end()
      await certificate[Symbol.asyncDispose]()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function act(gateway: LineProcess, command: object): Promise<number> {
  return z.object({ count: z.number() }).parse(JSON.parse(await gateway.ask(JSON.stringify(command)))).count
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It has ended by itself meanwhile.
  }
}
