import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeCertificate } from './certificate.ts'
import type { Network, Place } from './network.ts'

/** coturn in a place of its own, with the settings that make the backend hand out credentials for it. */
export interface Relay extends AsyncDisposable {
  readonly place: Place
  readonly environment: Readonly<Record<string, string>>
}

const SECRET = 'a secret of this test alone'

export async function startRelay(network: Network): Promise<Relay> {
  const place = await network.addPlace('relay')
  const certificate = await makeCertificate(place.address())
  const pidFile = join(tmpdir(), `${place.namespace}.pid`)
  const [program, ...args] = place.inside([
    'turnserver',
    '-n',
    '--log-file=stdout',
    '--no-cli',
    '--fingerprint',
    '--use-auth-secret',
    `--static-auth-secret=${SECRET}`,
    '--realm=studyhall',
    `--listening-ip=${place.address()}`,
    `--relay-ip=${place.address()}`,
    '--listening-port=3478',
    '--tls-listening-port=5349',
    `--cert=${certificate.certificateFile}`,
    `--pkey=${certificate.keyFile}`,
    `--pidfile=${pidFile}`,
  ])
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`coturn has ended with code ${code}`)))
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      // Only until it listens: it says something of every packet later.
      if (said.length > 100_000) return
      said += text
      if (said.includes('(admin thread)')) resolve()
    })
  })
  return {
    place,
    environment: {
      STUDYHALL_TURN_URLS: `turn:${place.address()}:3478?transport=udp,turns:${place.address()}:5349?transport=tcp`,
      STUDYHALL_TURN_SECRET: SECRET,
    },
    async [Symbol.asyncDispose]() {
      child.removeAllListeners('exit')
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await ended
      await rm(pidFile, { force: true })
      await certificate[Symbol.asyncDispose]()
    },
  }
}
