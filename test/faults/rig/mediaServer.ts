import { spawn, type ChildProcess } from 'node:child_process'
import { writeFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { livekitProgram } from '../../support/livekit.ts'
import { makeCertificate } from './certificate.ts'
import { startLineProcess } from './lineProcess.ts'
import type { Network, Place } from './network.ts'

/** LiveKit in a place of its own, as somebody runs one for a backend: signaling by TLS, media by UDP and by TCP. */
export interface MediaServer extends AsyncDisposable {
  readonly place: Place
  /** As backend and people reach it. */
  readonly url: string
  /** For the backend. */
  readonly environment: Readonly<Record<string, string>>
  /** As a crash would. */
  kill(): Promise<void>
  /** Starts it again at the same ports. Resolves when it answers. */
  start(): Promise<void>
}

const KEY = 'faults'
const SECRET = 'a secret of these tests alone, long enough'
const GATEWAY_PORT = 7443
const PORT = 7880

/** Null where there is no LiveKit on this machine; `npm run livekit` builds one. */
export async function startMediaServer(network: Network): Promise<MediaServer | null> {
  if (livekitProgram === null) return null
  const program = livekitProgram
  const place = await network.addPlace('sfu')
  const certificate = await makeCertificate(place.address())
  const folder = await mkdtemp(join(tmpdir(), 'studyhall-faults-sfu-'))
  const configFile = join(folder, 'livekit.json')
  // YAML, of which JSON is a part.
  await writeFile(configFile, JSON.stringify(configure(place.address())))
  const gateway = startLineProcess(
    place.inside([
      process.execPath,
      join(import.meta.dirname, 'gatewayProcess.ts'),
      place.address(),
      String(GATEWAY_PORT),
      String(PORT),
      certificate.keyFile,
      certificate.certificateFile,
    ]),
  )
  await gateway.nextLine()
  let running: ChildProcess | null = null

  async function start(): Promise<void> {
    const [ip, ...args] = place.inside([program, '--config', configFile])
    const child = spawn(ip, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    running = child
    await new Promise<void>((resolve, reject) => {
      let said = ''
      child.once('error', reject)
      child.once('exit', () => reject(new Error(`LiveKit has ended: ${said.slice(-1_000)}`)))
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          // Only until it listens: it writes all the time later.
          if (said.length > 100_000) return
          said += text
          if (said.includes('starting LiveKit server')) resolve()
        })
      }
    })
    child.removeAllListeners('exit')
  }

  async function kill(): Promise<void> {
    const child = running
    running = null
    if (child === null) return
    const ended = new Promise((resolve) => child.once('close', resolve))
    child.kill('SIGKILL')
    await ended
  }

  await start()
  const url = `wss://${place.address()}:${GATEWAY_PORT}`
  return {
    place,
    url,
    environment: {
      STUDYHALL_LIVEKIT_URL: url,
      STUDYHALL_LIVEKIT_KEY: KEY,
      STUDYHALL_LIVEKIT_SECRET: SECRET,
      NODE_EXTRA_CA_CERTS: certificate.certificateFile,
    },
    kill,
    start,
    async [Symbol.asyncDispose]() {
      await kill()
      gateway.child.stdin?.end()
      await certificate[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function configure(address: string): object {
  return {
    port: PORT,
    bind_addresses: ['127.0.0.1'],
    rtc: {
      udp_port: 7882,
      tcp_port: 7881,
      node_ip: address,
      use_external_ip: false,
      ips: { includes: [`${address}/32`] },
    },
    room: { auto_create: true, empty_timeout: 60, max_participants: 50 },
    keys: { [KEY]: SECRET },
    logging: { level: 'info' },
  }
}
