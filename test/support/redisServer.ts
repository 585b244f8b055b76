import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@redis/client'
import { libraryPath, prepareDebianPackages } from '../../tools/debian/prepareDebianPackages.ts'
import { listenOnFreePort } from './listenOnFreePort.ts'

/** A real Redis on a port of its own, which can be killed and started again there. Keeps nothing on disk. */
export interface RedisServer {
  readonly url: string
  start(): Promise<void>
  /** Ends it as a crash does. */
  kill(): Promise<void>
  /** Answers no command for so long, as a server that is busy, or out of reach. */
  pause(milliseconds: number): Promise<void>
  /** Sends a command, as `redis-cli` does. */
  send(...command: readonly string[]): Promise<unknown>
  stop(): Promise<void>
}

const PROGRAM = join('usr', 'bin', 'redis-server')

/** The installed Redis, or Debian's, unpacked into the project's cache; null where there is none, after saying why. */
export async function prepareRedis(): Promise<RedisServer | null> {
  const root = await prepareDebianPackages(
    {
      name: 'redis',
      packages: ['redis-server', 'redis-tools', 'liblzf1', 'libjemalloc2', 'libatomic1'],
      file: PROGRAM,
    },
    (line) => console.warn(line),
  )
  if (root === null) return null
  const libraries = await libraryPath(root)
  const placeholder = createServer()
  const port = Number(new URL(await listenOnFreePort(placeholder)).port)
  await new Promise((resolve) => placeholder.close(resolve))
  const folder = await mkdtemp(join(tmpdir(), 'studyhall-redis-'))
  const url = `redis://127.0.0.1:${port}`
  let child: ChildProcess | null = null

  const server: RedisServer = {
    url,
    async start() {
      const parameters = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder]
      child = spawn(join(root, PROGRAM), parameters, {
        stdio: 'ignore',
        env: { ...process.env, ...(libraries !== '' && { LD_LIBRARY_PATH: libraries }) },
      })
      const ended = once(child, 'exit').then(() => {
        throw new Error('redis-server ended before it answered')
      })
      await Promise.race([untilListening(port), ended])
      ended.catch(() => {})
    },
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
    pause: async (milliseconds) => void (await server.send('CLIENT', 'PAUSE', String(milliseconds), 'ALL')),
    async send(...command) {
      const client = createClient({ url })
      client.on('error', () => {})
      await client.connect()
      try {
        return await client.sendCommand([...command])
      } finally {
        client.destroy()
      }
    },
    async stop() {
      await server.kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return server
}

async function untilListening(port: number): Promise<void> {
  for (;;) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' })
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (isThere) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
