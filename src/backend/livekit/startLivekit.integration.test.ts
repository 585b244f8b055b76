import { once } from 'node:events'
import { readdir, readFile, readlink, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createPreparedFolder } from '../../../test/support/backend.ts'
import { livekitProgram, withoutLivekit } from '../../../test/support/livekit.ts'
import { isAlive } from '../postgres/processes.ts'
import { silentLog } from '../log/log.ts'
import { startBackend, type BackendConnection, type RunningBackend } from '../startBackend.ts'
import { spawnBackend, type BackendProcess } from '../testing/backendProcess.ts'
import { endOrphan, readLivekitRecord } from './orphan.ts'

const program = livekitProgram ?? ''
const patience = { timeout: 20_000, interval: 10 }

let folder = ''
const running: RunningBackend[] = []
const spawned: BackendProcess[] = []
const connections: postgres.Sql[] = []

beforeEach(async () => {
  folder = await createPreparedFolder()
})

afterEach(async () => {
  for (const sql of connections.splice(0)) await sql.end({ timeout: 1 })
  for (const backend of running.splice(0)) await backend.stop()
  for (const backend of spawned.splice(0)) {
    backend.kill('SIGTERM')
    await backend.exited
  }
  await endOrphan(join(folder, 'livekit.pid'))
  await rm(folder, { recursive: true, force: true })
})

async function start(environment: Record<string, string>, livekit: 'auto' | 'off' = 'auto') {
  const backend = await startBackend({ dataDir: folder, log: silentLog, environment, livekit })
  if (!backend.ok) throw new Error(backend.error.message)
  running.push(backend.value)
  return backend.value
}

function spawnWithLivekit(): BackendProcess {
  const backend = spawnBackend(['--data-dir', folder], { STUDYHALL_LIVEKIT_SERVER: program })
  spawned.push(backend)
  return backend
}

function connect(connection: Pick<BackendConnection, 'databaseUrl'>): postgres.Sql {
  const sql = postgres(connection.databaseUrl, { max: 1, onnotice: () => {} })
  connections.push(sql)
  return sql
}

async function hasSfu(sql: postgres.Sql): Promise<boolean | undefined> {
  const [row] = await sql<{ has_sfu: boolean }[]>`select has_sfu from private.config`
  return row?.has_sfu
}

/** Writes down every change, so that none between two looks is missed. */
async function noteChanges(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(`
    create schema probe;
    create table probe.changes (id int generated always as identity, has_sfu boolean, at timestamptz default clock_timestamp());
    create function probe.note() returns trigger language plpgsql as
      $$ begin insert into probe.changes (has_sfu) values (new.has_sfu); return null; end $$;
    create trigger note after update on private.config for each row execute function probe.note();`)
}

async function changes(
  sql: postgres.Sql,
): Promise<readonly { readonly has_sfu: boolean; readonly at: Date }[]> {
  return await sql<{ has_sfu: boolean; at: Date }[]>`select has_sfu, at from probe.changes order by id`
}

async function livekitPid(): Promise<number> {
  const record = await readLivekitRecord(join(folder, 'livekit.pid'))
  if (record === null) throw new Error('no LiveKit is remembered')
  return record.pid
}

/** Local addresses, as the kernel writes them in hexadecimal, of what a process listens on or receives datagrams at. */
async function listeningAddresses(pid: number): Promise<readonly string[]> {
  const links = await Promise.all(
    (await readdir(`/proc/${pid}/fd`)).map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')),
  )
  const inodes = new Set(links.map((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1]))
  const addresses: string[] = []
  for (const protocol of ['tcp', 'tcp6', 'udp', 'udp6']) {
    const lines = (await readFile(`/proc/${pid}/net/${protocol}`, 'utf8')).trim().split('\n').slice(1)
    for (const line of lines) {
      const fields = line.trim().split(/\s+/)
      const isOpen = protocol.startsWith('udp') || fields[3] === '0A'
      if (isOpen && inodes.has(fields[9])) addresses.push(`${protocol} ${fields[1]?.split(':')[0]}`)
    }
  }
  return addresses.toSorted()
}

describe('a LiveKit of our own', () => {
  beforeEach(({ skip }) => {
    skip(program === '', withoutLivekit)
  })

  test('answers, listens on this machine alone, comes back after a kill, and leaves nothing behind', async () => {
    const backend = await start({ STUDYHALL_LIVEKIT_SERVER: program })
    const { livekitUrl, databaseUrl } = backend.connection()
    expect(livekitUrl).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/)
    const sql = connect({ databaseUrl })
    await expect.poll(() => hasSfu(sql), patience).toBe(true)
    await noteChanges(sql)
    const answer = await fetch(String(livekitUrl).replace('ws', 'http'))
    expect(await answer.text()).toBe('OK')
    expect((await stat(join(folder, 'livekit.json'))).mode & 0o777).toBe(0o600)
    const pid = await livekitPid()
    const loopback = ['tcp 0100007F', 'udp 0100007F']
    // Only Linux tells what a process listens on without further tools.
    expect(process.platform === 'linux' ? await listeningAddresses(pid) : loopback).toEqual(loopback)

    process.kill(pid, 'SIGKILL')
    await expect
      .poll(async () => (await changes(sql)).map((row) => row.has_sfu), patience)
      .toEqual([false, true])
    const next = await livekitPid()
    expect(next).not.toBe(pid)
    expect((await fetch(String(livekitUrl).replace('ws', 'http'))).ok).toBe(true)

    await backend.stop()
    const stoppedAt = new Date()
    expect(isAlive(next)).toBe(false)
    expect(await readLivekitRecord(join(folder, 'livekit.pid'))).toBeNull()
    const after = await start({}, 'off')
    expect(after.connection().livekitUrl).toBeNull()
    const seen = await changes(connect(after.connection()))
    expect(seen.map((row) => row.has_sfu)).toEqual([false, true, false])
    expect(seen.at(-1)?.at.getTime()).toBeLessThanOrEqual(stoppedAt.getTime())
  })

  test('that a killed owner left behind is ended by the next, which takes its place at the same address', async () => {
    const killed = spawnWithLivekit()
    const before = await killed.ready
    const sql = connect(before)
    await expect.poll(() => hasSfu(sql), patience).toBe(true)
    const orphan = await livekitPid()
    killed.kill('SIGKILL')
    await killed.exited
    expect(isAlive(orphan)).toBe(true)
    const next = spawnWithLivekit()
    expect(await next.ready).toEqual(before)
    expect(isAlive(orphan)).toBe(false)
    await next.logged('LiveKit answers')
    expect(await livekitPid()).not.toBe(orphan)
    await expect.poll(() => hasSfu(sql), patience).toBe(true)
    const secret = /"SH\w+": "([\w-]+)"/.exec(await readFile(join(folder, 'livekit.json'), 'utf8'))?.[1] ?? ''
    expect(secret).toHaveLength(43)
    expect(killed.log() + next.log()).not.toContain(secret)
  })
})

test('a program that is no LiveKit, or not there, is a warning and no failure', async () => {
  for (const server of [process.execPath, join(folder, 'absent')]) {
    const backend = spawnBackend(['--data-dir', folder], { STUDYHALL_LIVEKIT_SERVER: server })
    spawned.push(backend)
    const connection = await backend.ready
    await backend.logged(server === process.execPath ? 'LiveKit did not start' : 'which is not there')
    expect(await hasSfu(connect(connection))).toBe(false)
    backend.kill('SIGTERM')
    expect(await backend.exited).toEqual({ code: 0, signal: null })
  }
})

describe('a LiveKit of somebody else', () => {
  const environment = (url: string): Record<string, string> => ({
    STUDYHALL_LIVEKIT_URL: url,
    STUDYHALL_LIVEKIT_KEY: 'key',
    STUDYHALL_LIVEKIT_SECRET: 'secret',
    // Would be started if it counted.
    STUDYHALL_LIVEKIT_SERVER: program,
  })

  test('is used where it answers, and none is started', async () => {
    const server = createServer((_request, response) => void response.end('OK')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const url = `ws://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
    try {
      const backend = await start(environment(url))
      expect(backend.connection().livekitUrl).toBe(url)
      await expect.poll(() => hasSfu(connect(backend.connection())), patience).toBe(true)
      expect(await readLivekitRecord(join(folder, 'livekit.pid'))).toBeNull()
    } finally {
      server.close()
      server.closeAllConnections()
    }
  })

  test('is not counted on when the backend is told to do without', async () => {
    const backend = await start(environment('ws://127.0.0.1:9'), 'off')
    expect(backend.connection().livekitUrl).toBeNull()
    expect(await hasSfu(connect(backend.connection()))).toBe(false)
  })
})
