import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createPreparedFolder, createTemporaryFolder } from '../../test/support/backend.ts'
import { readPostmasterPid } from './postgres/postmasterPid.ts'
import { isAlive } from './postgres/processes.ts'
import { stopServer } from './postgres/runningServer.ts'
import { findPostgresBinaries } from './postgres/binaries.ts'
import { spawnBackend, type BackendProcess } from './testing/backendProcess.ts'

const healthSchema = z.object({ instanceId: z.string(), runId: z.string() })
const backends: BackendProcess[] = []
const folders: string[] = []

async function emptyFolder(): Promise<string> {
  const folder = await createTemporaryFolder()
  folders.push(folder)
  return folder
}

/** One that has been used before, which spares a test the first start. */
async function usedFolder(): Promise<string> {
  const folder = await createPreparedFolder()
  folders.push(folder)
  return folder
}

function start(dataDir: string, ...args: string[]): BackendProcess {
  const backend = spawnBackend(['--data-dir', dataDir, ...args])
  backends.push(backend)
  return backend
}

async function stop(backend: BackendProcess): Promise<void> {
  backend.kill('SIGTERM')
  expect(await backend.exited).toEqual({ code: 0, signal: null })
}

async function databasePid(folder: string): Promise<number> {
  const server = await readPostmasterPid(join(folder, 'postgres'))
  if (server === null) throw new Error('no postmaster.pid')
  return server.pid
}

async function query<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 5 })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function remember(url: string, text: string): Promise<void> {
  await query(url, async (sql) => {
    await sql`create schema if not exists probe`
    await sql`create table if not exists probe.kept (text text)`
    await sql`insert into probe.kept values (${text})`
  })
}

const remembered = (url: string): Promise<string[]> =>
  query(url, async (sql) =>
    (await sql<{ text: string }[]>`select text from probe.kept`).map((row) => row.text),
  )

async function health(url: string): Promise<{ instanceId: string; runId: string } | null> {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(1_000) })
    return healthSchema.parse(await response.json())
  } catch {
    return null
  }
}

afterEach(async () => {
  for (const backend of backends.splice(0)) {
    backend.kill('SIGKILL')
    await backend.exited
  }
  const binaries = await findPostgresBinaries()
  for (const folder of folders.splice(0)) {
    const server = await readPostmasterPid(join(folder, 'postgres'))
    if (server !== null && binaries.ok && isAlive(server.pid))
      await stopServer(binaries.value, join(folder, 'postgres'), server.pid)
    await rm(folder, { recursive: true, force: true })
  }
})

describe('starting', () => {
  test('the first start makes everything, keeps its secrets to itself and stops without a trace', async () => {
    const folder = await emptyFolder()
    const backend = start(folder)
    const connection = await backend.ready
    expect(connection.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(connection.livekitUrl).toBeNull()
    expect(await health(connection.url)).not.toBeNull()
    expect((await stat(join(folder, 'secrets.json'))).mode & 0o777).toBe(0o600)
    const pid = await databasePid(folder)
    await stop(backend)
    expect(isAlive(pid)).toBe(false)
    const secrets = z
      .record(z.string(), z.unknown())
      .parse(JSON.parse(await readFile(join(folder, 'secrets.json'), 'utf8')))
    const logs = backend.log() + (await readFile(join(folder, 'postgres.log'), 'utf8'))
    for (const name of ['adminPassword', 'databasePassword', 'apiPassword', 'jwtSecret', 'secretKey'])
      expect(logs).not.toContain(String(secrets[name]))
  })

  test('the second start finds the same data, keys and ports', async () => {
    const folder = await usedFolder()
    const first = start(folder)
    const before = await first.ready
    await remember(before.databaseUrl, 'written before')
    await stop(first)
    const second = start(folder)
    const after = await second.ready
    expect(after).toEqual(before)
    expect(await remembered(after.databaseUrl)).toEqual(['written before'])
    expect(second.log()).toMatch(/ready in \d+ ms: .*postgres \d+/)
  })

  test('a port that is asked for is used', async () => {
    const folder = await usedFolder()
    const blocker = createServer().listen({ host: '127.0.0.1', port: 0 })
    await new Promise((resolve) => blocker.once('listening', resolve))
    const address = blocker.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const refused = start(folder, '--port', String(port))
    expect(await refused.exited).toMatchObject({ code: 1 })
    expect(refused.log()).toContain(`Port ${port} is in use by another program`)
    expect(await readPostmasterPid(join(folder, 'postgres'))).toBeNull()
    await new Promise((resolve) => blocker.close(resolve))
    const backend = start(folder, '--port', String(port))
    expect((await backend.ready).url).toBe(`http://127.0.0.1:${port}`)
  })

  test.each([
    [['--port', 'abc', '--data-dir', '/tmp'], '--port must be a number from 1 to 65535, not "abc"'],
    [['--port', '70000', '--data-dir', '/tmp'], '--port must be a number'],
    [['--prot', '1'], "Unknown option '--prot'"],
    [[], 'Say where the data goes'],
  ])('wrong arguments %j are explained', async (args, text) => {
    const backend = spawnBackend(args, { STUDYHALL_DATA_DIR: '' })
    expect(await backend.exited).toMatchObject({ code: 1 })
    expect(backend.log()).toContain(text)
  })
})

describe('two on one folder', () => {
  test('the second one uses the first one’s backend', async () => {
    const folder = await usedFolder()
    const owner = start(folder)
    const connection = await owner.ready
    const guest = start(folder)
    expect(await guest.ready).toEqual(connection)
    expect(guest.log()).toContain('using the backend that runs already')
    await stop(guest)
    expect(await health(connection.url)).not.toBeNull()
  })

  test('of several started at the same instant exactly one becomes the owner', async () => {
    const folder = await emptyFolder()
    const all = [start(folder), start(folder), start(folder)]
    const connections = await Promise.all(all.map((backend) => backend.ready))
    expect(new Set(connections.map((connection) => connection.url)).size).toBe(1)
    expect(all.filter((backend) => backend.log().includes('ready in'))).toHaveLength(1)
    expect(all.filter((backend) => backend.log().includes('runs already'))).toHaveLength(2)
  })

  test.each(['SIGTERM', 'SIGKILL'] as const)('a guest takes over when the owner gets %s', async (signal) => {
    const folder = await usedFolder()
    const owner = start(folder)
    const connection = await owner.ready
    await remember(connection.databaseUrl, 'acknowledged')
    const before = await health(connection.url)
    const guest = start(folder)
    await guest.ready
    owner.kill(signal)
    await owner.exited
    await expect
      .poll(async () => (await health(connection.url))?.runId ?? before?.runId, {
        timeout: 20_000,
        interval: 20,
      })
      .not.toBe(before?.runId)
    expect((await health(connection.url))?.instanceId).toBe(before?.instanceId)
    expect(await remembered(connection.databaseUrl)).toEqual(['acknowledged'])
    const pid = await databasePid(folder)
    await stop(guest)
    expect(isAlive(pid)).toBe(false)
  })
})

describe('after a kill', () => {
  test('a database left running by a killed backend is used again, with all that was acknowledged', async () => {
    const folder = await usedFolder()
    const killed = start(folder)
    const connection = await killed.ready
    await remember(connection.databaseUrl, 'acknowledged')
    const pid = await databasePid(folder)
    killed.kill('SIGKILL')
    await killed.exited
    expect(isAlive(pid)).toBe(true)
    const next = start(folder)
    expect(await next.ready).toEqual(connection)
    expect(await databasePid(folder)).toBe(pid)
    expect(await remembered(connection.databaseUrl)).toEqual(['acknowledged'])
    await stop(next)
    expect(isAlive(pid)).toBe(false)
  })

  test('a database left running with other settings is stopped and started anew', async () => {
    const folder = await usedFolder()
    const killed = start(folder)
    const connection = await killed.ready
    await remember(connection.databaseUrl, 'acknowledged')
    const pid = await databasePid(folder)
    killed.kill('SIGKILL')
    await killed.exited
    const next = start(folder, '--extension-control-path', '/usr/share/postgresql/15')
    await next.ready
    expect(await databasePid(folder)).not.toBe(pid)
    expect(isAlive(pid)).toBe(false)
    expect(await remembered(connection.databaseUrl)).toEqual(['acknowledged'])
  })

  test('a killed database is brought back on the same port', async () => {
    const folder = await usedFolder()
    const backend = start(folder)
    const connection = await backend.ready
    await remember(connection.databaseUrl, 'acknowledged')
    process.kill(await databasePid(folder), 'SIGKILL')
    await backend.logged('the database is back')
    expect(await remembered(connection.databaseUrl)).toEqual(['acknowledged'])
    const asked = await fetch(`${connection.url}/rest/v1/rooms?select=id&limit=1`, {
      headers: { apikey: connection.secretKey },
    })
    expect(asked.status).not.toBe(500)
    await stop(backend)
  })

  test('when both were killed the log is recovered', async () => {
    const folder = await usedFolder()
    const killed = start(folder)
    const connection = await killed.ready
    await remember(connection.databaseUrl, 'acknowledged')
    const pid = await databasePid(folder)
    killed.kill('SIGKILL')
    process.kill(pid, 'SIGKILL')
    await killed.exited
    const next = start(folder)
    expect(await next.ready).toEqual(connection)
    expect(await remembered(connection.databaseUrl)).toEqual(['acknowledged'])
  })

  test('a stale postmaster.pid whose process id now belongs to another program is no obstacle', async () => {
    const folder = await usedFolder()
    const killed = start(folder)
    const connection = await killed.ready
    await remember(connection.databaseUrl, 'acknowledged')
    const pid = await databasePid(folder)
    const file = join(folder, 'postgres', 'postmaster.pid')
    const stale = await readFile(file, 'utf8')
    killed.kill('SIGKILL')
    process.kill(pid, 'SIGKILL')
    await killed.exited
    // This very test runner stands in for the other program.
    await writeFile(file, stale.replace(String(pid), String(process.pid)))
    const next = start(folder)
    expect(await next.ready).toEqual(connection)
    expect(await remembered(connection.databaseUrl)).toEqual(['acknowledged'])
  })
})

describe('what is wrong is said', () => {
  test('a folder that cannot be written', async () => {
    const folder = await emptyFolder()
    await writeFile(join(folder, 'file'), '')
    const backend = start(join(folder, 'file', 'data'))
    expect(await backend.exited).toMatchObject({ code: 1 })
    expect(backend.log()).toContain('cannot write to its data folder')
  })

  test('damaged secrets are left alone', async () => {
    const folder = await usedFolder()
    const first = start(folder)
    await first.ready
    await stop(first)
    const file = join(folder, 'secrets.json')
    await writeFile(file, '{"half":')
    const second = start(folder)
    expect(await second.exited).toMatchObject({ code: 1 })
    expect(second.log()).toContain('is damaged')
    expect(await readFile(file, 'utf8')).toBe('{"half":')
    await rm(file)
    const third = start(folder)
    expect(await third.exited).toMatchObject({ code: 1 })
    expect(third.log()).toContain('is missing')
  })

  test('keys of another database are refused in words', async () => {
    const folder = await usedFolder()
    const file = join(folder, 'secrets.json')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace('"adminPassword": "', '"adminPassword": "not'))
    const backend = start(folder)
    expect(await backend.exited).toMatchObject({ code: 1 })
    expect(backend.log()).toContain('does not accept the keys beside it')
    expect(await readPostmasterPid(join(folder, 'postgres'))).toBeNull()
  })

  test('a database of a newer version is not touched', async () => {
    const folder = await usedFolder()
    const first = start(folder)
    const connection = await first.ready
    await query(connection.databaseUrl, async (sql) => {
      await sql`insert into supabase_migrations.schema_migrations (version, name) values ('29990101000000', 'later')`
    })
    await stop(first)
    const second = start(folder)
    expect(await second.exited).toMatchObject({ code: 1 })
    expect(second.log()).toContain('newer version of Studyhall')
    expect(second.log()).toContain('29990101000000')
    expect(await readPostmasterPid(join(folder, 'postgres'))).toBeNull()
  })

  test('a data folder below one that the database’s user cannot pass, when we are root', async () => {
    if (process.getuid?.() !== 0) return
    const folder = await emptyFolder()
    const closed = join(folder, 'closed')
    await mkdir(closed)
    await chmod(closed, 0o700)
    // Inside a temporary folder the way is opened, for passing through only.
    const backend = start(join(closed, 'data'))
    await backend.ready
    expect((await stat(closed)).mode & 0o777).toBe(0o711)
    await stop(backend)
  })
})
