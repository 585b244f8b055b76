import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** coturn on this machine's loopback, by UDP. */
export interface TurnServer extends AsyncDisposable {
  readonly iceServer: { readonly urls: string[]; readonly username: string; readonly credential: string }
}

/** Debian's package `coturn`; the fault suite installs it where it may. */
export const hasTurnServer = spawnSync('turnserver', ['--version']).error === undefined

/** Starts one; resolves when it listens. `maxBytesPerSecond` of each person's: what goes beyond is dropped. */
export async function startTurnServer(
  options: { readonly maxBytesPerSecond?: number } = {},
): Promise<TurnServer> {
  const folder = await mkdtemp(join(tmpdir(), 'studyhall-turn-'))
  const port = await freePort()
  const limit = options.maxBytesPerSecond === undefined ? [] : [`--max-bps=${options.maxBytesPerSecond}`]
  const child = spawn(
    'turnserver',
    [
      '-n',
      '--log-file=stdout',
      '--no-cli',
      '--no-tls',
      '--no-dtls',
      '--fingerprint',
      '--lt-cred-mech',
      '--user=ada:secret',
      '--realm=studyhall',
      '--allow-loopback-peers',
      '--listening-ip=127.0.0.1',
      '--relay-ip=127.0.0.1',
      `--listening-port=${port}`,
      `--pidfile=${join(folder, 'pid')}`,
      `--userdb=${join(folder, 'users')}`,
      ...limit,
    ],
    { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] },
  )
  let said = ''
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`coturn has ended with code ${code}:\n${said}`)))
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      // Only until it listens: it says something of every packet later.
      if (said.length > 100_000) return
      said += text
      if (said.includes('(admin thread)')) resolve()
    })
  })
  child.removeAllListeners('exit')
  return {
    iceServer: { urls: [`turn:127.0.0.1:${port}?transport=udp`], username: 'ada', credential: 'secret' },
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}
