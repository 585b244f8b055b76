import { spawn, type ChildProcess } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { dispose } from '@livekit/rtc-node'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchLivekit } from '../../../src/backend/livekit/livekitProcess.ts'
import { findFreePort } from '../../../src/backend/postgres/findFreePort.ts'
import { createRoomResponseSchema, listRoomsResponseSchema } from '../../../src/shared/api/rooms.ts'
import { findWeaknesses } from '../../../test/support/api/findWeaknesses.ts'
import {
  createHostileWorld,
  createWorldPeople,
  type HostileWorld,
} from '../../../test/support/api/hostileWorld.ts'
import { readApiDocument } from '../../../test/support/api/readApiDocument.ts'
import { startTestBackend, type TestBackend } from '../../../test/support/backend.ts'
import { livekitProgram, withoutLivekit } from '../../../test/support/livekit.ts'
import { prepareRedis } from '../../../test/support/redisServer.ts'
import { startUpstashProxy } from '../../../test/support/upstashProxy.ts'
import { signUp } from '../../tests/support/person.ts'
import { openSfuRoom } from '../../tests/support/sfuScene.ts'

const projectFolder = join(import.meta.dirname, '..', '..', '..')
/** The program itself: the package's own script starts it as a child that would outlive the script. */
const denoPath = join(
  projectFolder,
  'node_modules',
  'deno',
  process.platform === 'win32' ? 'deno.exe' : 'deno',
)
const entry = join(import.meta.dirname, 'index.ts')
const config = join(import.meta.dirname, 'deno.json')
const redis = await prepareRedis()
if (redis === null)
  console.warn('There is no redis-server: the shared cache of the room list is not tested under Deno.')
const environment = { ...process.env, NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1' }

function startDeno(
  parameters: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): ChildProcess {
  return spawn(denoPath, parameters, {
    env: { ...environment, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Everything that a process says, until it ends or a line matches. */
async function readUntil(
  child: ChildProcess,
  pattern: RegExp,
): Promise<{ match: RegExpExecArray | null; text: string }> {
  const lines: string[] = []
  return await new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line)
        const match = pattern.exec(line)
        if (match) resolve({ match, text: lines.join('\n') })
      })
    }
    child.once('close', () => resolve({ match: null, text: lines.join('\n') }))
  })
}

async function findFreeUdpPort(): Promise<number> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  return port
}

/** What a project has besides the key that the function itself uses. The database knows neither here. */
const otherSecretKey = 'sb_secret_of_the_same_project'
const olderKeys = { SUPABASE_ANON_KEY: 'eyJ.older.anon', SUPABASE_SERVICE_ROLE_KEY: 'eyJ.older.service' }

describe('the edge function under Deno', () => {
  let backend: TestBackend

  beforeAll(async () => {
    backend = await startTestBackend()
  })

  afterAll(async () => {
    await backend.stop()
    await redis?.stop()
  })

  test('has types that Deno accepts', async () => {
    const child = startDeno(['check', '--config', config, entry])
    const { text } = await readUntil(child, /^$a/)
    expect({ exitCode: child.exitCode, text }).toMatchObject({ exitCode: 0 })
  })

  /** Serves the function until the work is done. */
  async function serve(
    variables: Readonly<Record<string, string>>,
    work: (url: string) => Promise<void>,
  ): Promise<void> {
    const child = startDeno(
      ['run', '--allow-net', '--allow-env', '--allow-read', '--config', config, entry],
      {
        DENO_SERVE_ADDRESS: 'tcp:127.0.0.1:0',
        SUPABASE_URL: backend.url,
        SUPABASE_PUBLISHABLE_KEYS: JSON.stringify({ default: backend.publishableKey }),
        SUPABASE_SECRET_KEYS: JSON.stringify({ prometheus: otherSecretKey, default: backend.secretKey }),
        ...olderKeys,
        ...variables,
      },
    )
    const ended = once(child, 'close')
    try {
      const { match, text } = await readUntil(child, /Listening on (http:\/\/\S+?)\/?(?:\s|$)/)
      expect({ isListening: match !== null, text }).toMatchObject({ isListening: true })
      await work(match?.[1] ?? '')
    } finally {
      child.kill()
      await ended
    }
  }

  test('serves the API with Supabase’s variables, and withstands what the embedded backend does', async () => {
    const sql = postgres(backend.databaseUrl, { max: 1, onnotice: () => {} })
    try {
      await serve({}, async (baseUrl) => {
        const ada = await signUp(backend, 'Ada', baseUrl)
        const created = await ada.call('POST', '/rooms/create', { name: 'Under Deno' })
        expect(created.status).toBe(201)
        const { roomId } = createRoomResponseSchema.parse(created.body)
        const listed = await ada.call('GET', '/rooms/list')
        expect(listRoomsResponseSchema.parse(listed.body).rooms.map((room) => room.id)).toContain(roomId)

        const { publishableKey } = backend
        const { people, badAuthorizations } = await createWorldPeople(backend, sql)
        const { operations } = await readApiDocument(baseUrl)
        const prepare = (): Promise<HostileWorld> => createHostileWorld(sql, people, badAuthorizations)
        const weaknesses: string[] = []
        for (const operation of operations) {
          const options = { baseUrl, publishableKey, sql, prepare, seed: 20_261_125, count: 3 }
          weaknesses.push(...(await findWeaknesses(operation, options)))
        }
        expect(operations.length).toBeGreaterThan(20)
        expect(weaknesses).toEqual([])
      })
    } finally {
      await sql.end()
    }
  }, 240_000)

  test.each([
    ['newer keys alone', { SUPABASE_ANON_KEY: '', SUPABASE_SERVICE_ROLE_KEY: '' }, false],
    ['newer and older keys', {}, true],
  ])('knows services by every key of a project with %s', async (_what, variables, isOlderKeyKnown) => {
    await serve(variables, async (functionsUrl) => {
      const ask = async (method: string, path: string, apikey: string): Promise<number> => {
        const response = await fetch(`${functionsUrl}/api${path}`, { method, headers: { apikey } })
        await response.body?.cancel()
        return response.status
      }
      for (const [method, path, done] of [
        ['GET', '/metrics', 200],
        // There is no media server here.
        ['POST', '/sfu/sweep', 503],
      ] as const) {
        expect(await ask(method, path, backend.secretKey)).toBe(done)
        expect(await ask(method, path, otherSecretKey)).toBe(done)
        expect(await ask(method, path, olderKeys.SUPABASE_SERVICE_ROLE_KEY)).toBe(
          isOlderKeyKnown ? done : 401,
        )
        expect(await ask(method, path, backend.publishableKey)).toBe(401)
      }
      const ada = await signUp(backend, 'Ada', functionsUrl)
      expect((await ada.call('GET', '/rooms/list')).status).toBe(200)
    })
  })

  test.skipIf(redis === null).each(['Redis', 'Upstash'])('keeps pages of the list at %s', async (kind) => {
    await redis?.start()
    const proxy = await startUpstashProxy(redis?.url ?? '')
    const variables =
      kind === 'Redis'
        ? { STUDYHALL_REDIS_URL: redis?.url ?? '' }
        : { STUDYHALL_UPSTASH_URL: proxy.url, STUDYHALL_UPSTASH_TOKEN: proxy.token }
    try {
      // A busy machine is no reason to give up on a server that answers.
      await serve({ ...variables, STUDYHALL_CACHE_TIMEOUT_MS: '20000' }, async (url) => {
        const ada = await signUp(backend, 'Ada', url)
        // It connects while nobody waits for it.
        await expect
          .poll(
            async () => {
              expect((await ada.call('GET', '/rooms/list')).status).toBe(200)
              return await redis?.send('KEYS', '{studyhall:*:rooms}:v1:*')
            },
            { timeout: 20_000, interval: 50 },
          )
          .toHaveLength(1)
        const created = await ada.call('POST', '/rooms/create', { name: `Kept at ${kind}` })
        const { roomId } = createRoomResponseSchema.parse(created.body)
        const listed = await ada.call('GET', `/rooms/list?q=${encodeURIComponent(`Kept at ${kind}`)}`)
        expect(listRoomsResponseSchema.parse(listed.body).rooms.map((room) => room.id)).toContain(roomId)
        await redis?.kill()
        expect((await ada.call('GET', '/rooms/list')).status).toBe(200)
      })
    } finally {
      await proxy.stop()
      await redis?.kill()
    }
  })

  test('tells the database that the media server is there, and that it is gone', async () => {
    // It answers as LiveKit does where there is no room, on a port that nothing takes meanwhile.
    const listen = async (port: number): Promise<Server> => {
      const server = createServer((request, response) => {
        response.writeHead(request.method === 'GET' ? 200 : 404).end('OK')
      })
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
      return server
    }
    const port = await findFreePort(null)
    const mediaServer = await listen(port)
    const sql = postgres(backend.databaseUrl, { max: 1, onnotice: () => {} })
    const hasSfu = async (): Promise<boolean> => {
      const [row] = await sql<{ has_sfu: boolean }[]>`select has_sfu from private.config`
      return row?.has_sfu === true
    }
    const variables = {
      STUDYHALL_LIVEKIT_URL: `ws://127.0.0.1:${port}`,
      STUDYHALL_LIVEKIT_KEY: 'key',
      STUDYHALL_LIVEKIT_SECRET: 'a secret of at least thirty-two characters',
    }
    try {
      await sql`update private.config set has_sfu = false, sfu_silence_allowed = '2 seconds'`
      await serve(variables, async (functionsUrl) => {
        const sweep = async (): Promise<number> => {
          const response = await fetch(`${functionsUrl}/api/sfu/sweep`, {
            method: 'POST',
            headers: { apikey: backend.secretKey },
          })
          await response.body?.cancel()
          return response.status
        }
        expect(await sweep()).toBe(200)
        await expect.poll(hasSfu, { timeout: 20_000 }).toBe(true)

        const ada = await signUp(backend, 'Ada', functionsUrl)
        const created = await ada.call('POST', '/rooms/create', { name: 'Not for long' })
        const { roomId } = createRoomResponseSchema.parse(created.body)
        await ada.call('POST', `/rooms/${roomId}/join`, {
          connectionId: crypto.randomUUID(),
          supportsSfu: true,
        })
        await sql`update public.rooms set topology = 'sfu', topology_epoch = 1 where id = ${roomId}`
        const closed = once(mediaServer, 'close')
        mediaServer.close()
        mediaServer.closeAllConnections()
        await closed
        // What pg_cron and pg_net do on hosted Supabase, sooner.
        const hasSfuAfterSweep = async (): Promise<boolean> => {
          expect(await sweep()).toBe(200)
          return await hasSfu()
        }
        await expect.poll(hasSfuAfterSweep, { timeout: 30_000, interval: 500 }).toBe(false)
        await sql`select private.settle_topologies()`
        const [room] = await sql`select topology, topology_epoch from public.rooms where id = ${roomId}`
        expect(room).toEqual({ topology: 'mesh', topology_epoch: 2 })

        const mended = await listen(port)
        try {
          await expect.poll(hasSfuAfterSweep, { timeout: 20_000, interval: 500 }).toBe(true)
        } finally {
          mended.close()
          mended.closeAllConnections()
        }
      })
    } finally {
      mediaServer.close()
      await sql`update private.config set has_sfu = false, sfu_silence_allowed = default`
      await sql.end()
    }
  })

  test('puts people out of a real LiveKit by itself, after its own answer', async ({ skip }) => {
    if (livekitProgram === null) return skip(withoutLivekit)
    const port = await findFreePort(null)
    const keys = { key: 'key', secret: 'a secret of at least thirty-two characters' }
    const livekit = await launchLivekit({
      program: livekitProgram,
      ports: { http: port, udp: await findFreeUdpPort() },
      keys,
      // Nobody listens: what puts people out here is the function's own sweep.
      eventsUrl: 'http://127.0.0.1:9/',
      configFile: join(backend.dataDir, 'livekit.json'),
      pidFile: join(backend.dataDir, 'livekit.pid'),
      account: null,
    })
    const sql = postgres(backend.databaseUrl, { max: 1, onnotice: () => {} })
    try {
      await expect
        .poll(
          () =>
            fetch(`http://127.0.0.1:${port}/`).then(
              ({ ok }) => ok,
              () => false,
            ),
          { timeout: 20_000 },
        )
        .toBe(true)
      await sql`update private.config set has_sfu = true, mesh_capacity = 2`
      const variables = {
        STUDYHALL_LIVEKIT_URL: `ws://127.0.0.1:${port}`,
        STUDYHALL_LIVEKIT_KEY: keys.key,
        STUDYHALL_LIVEKIT_SECRET: keys.secret,
      }
      await serve(variables, async (functionsUrl) => {
        const { roomId, ada, ben, cyd } = await openSfuRoom(backend, {}, functionsUrl)
        try {
          await ada.person.call('POST', `/rooms/${roomId}/participants/${ben.person.userId}/remove`)
          await expect.poll(() => ben.client.isConnected(), { timeout: 20_000 }).toBe(false)
          const heard = ada.client.framesFrom(cyd.connectionId)
          await expect
            .poll(() => ada.client.framesFrom(cyd.connectionId), { timeout: 20_000 })
            .toBeGreaterThan(heard + 10)
        } finally {
          await Promise.all([ada, ben, cyd].map(({ client }) => client.close()))
          await dispose()
        }
      })
    } finally {
      await sql.end()
      await livekit.stop()
    }
  })
})
