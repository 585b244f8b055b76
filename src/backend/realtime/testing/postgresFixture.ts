import { spawn, type ChildProcess } from 'node:child_process'
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { findPostgresBinaries } from '../../postgres/binaries.ts'
import { makeBinariesReachable } from '../../postgres/reachableBinaries.ts'

/** A real PostgreSQL 18 for one test file, with the roles, functions and schema that Realtime expects. */
export interface PostgresFixture {
  readonly url: string
  /** Kills it as a crash would, and resolves when it is gone. */
  kill(): Promise<void>
  /** Starts it again on the same port and data. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** PostgreSQL refuses to run as root; then it runs as the user that every system has for such things. */
const unprivilegedId = 65_534

const rolesSql = `
  create role anon nologin noinherit;
  create role authenticated nologin noinherit;
  create role service_role nologin noinherit bypassrls;
  create schema auth;
  grant usage on schema auth, public to anon, authenticated, service_role;
  create function auth.jwt() returns jsonb language sql stable as
    $$ select coalesce(nullif(current_setting('request.jwt.claims', true), ''), '{}')::jsonb $$;
  create function auth.uid() returns uuid language sql stable as $$ select (auth.jwt() ->> 'sub')::uuid $$;
  create function auth.role() returns text language sql stable as $$ select auth.jwt() ->> 'role' $$;
  grant execute on all functions in schema auth to anon, authenticated, service_role;
`

/** Makes a cluster in a new folder and starts it on a free port of loopback. */
export async function startPostgres(): Promise<PostgresFixture> {
  const folder = mkdtempSync(join(tmpdir(), 'realtime-test-'))
  const asRoot = process.getuid?.() === 0
  if (asRoot) chownSync(folder, unprivilegedId, unprivilegedId)
  const identity = asRoot ? { uid: unprivilegedId, gid: unprivilegedId } : {}
  const found = await findPostgresBinaries()
  if (!found.ok) throw new Error(found.error.message)
  const account = asRoot ? { name: 'nobody', uid: unprivilegedId, gid: unprivilegedId } : null
  const binaries = await makeBinariesReachable(found.value, account)
  const dataFolder = join(folder, 'data')
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, 'postgres', { mode: 0o644 })
  const authentication = ['-A', 'scram-sha-256', `--pwfile=${passwordFile}`]
  const layout = ['-D', dataFolder, '-U', 'postgres', '-E', 'UTF8', '--locale=C', '--no-sync']
  await run(binaries.initdb, [...layout, ...authentication])
  const port = await freePort()
  const url = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`
  let server = await startServer()
  const admin = postgres(url, { max: 1, onnotice: () => undefined })
  await admin.unsafe(rolesSql)
  await admin.unsafe(readFileSync(join(import.meta.dirname, '../realtimeSchema.sql'), 'utf8'))
  await admin.end()

  function run(program: string, parameters: readonly string[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const child = spawn(program, parameters, {
        ...identity,
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      let errors = ''
      child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
      child.once('error', reject)
      child.once('exit', (code) => {
        if (code === 0) resolve()
        else reject(new Error(`${program} ended with ${code}: ${errors}`))
      })
    })
  }

  function startServer(): Promise<ChildProcess> {
    const settings = {
      port,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      wal_level: 'logical',
      fsync: 'off',
      max_connections: '50',
      shared_buffers: '16MB',
    }
    const parameters = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    return new Promise((resolve, reject) => {
      const child = spawn(binaries.postgres, ['-D', dataFolder, ...parameters], {
        ...identity,
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      let errors = ''
      child.stderr.on('data', (chunk: Buffer) => {
        errors += chunk.toString()
        if (errors.includes('database system is ready to accept connections')) resolve(child)
      })
      child.once('error', reject)
      child.once('exit', (code) => {
        reject(new Error(`postgres ended with ${code}: ${errors}`))
      })
    })
  }

  function end(signal: NodeJS.Signals): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve()
    return new Promise((resolve) => {
      server.once('exit', () => {
        resolve()
      })
      server.kill(signal)
    })
  }

  return {
    url,
    kill: () => end('SIGKILL'),
    async restart() {
      await end('SIGINT')
      // After a SIGKILL of the postmaster its children take a moment to notice; until then it refuses to start.
      for (let attempt = 0; ; attempt += 1) {
        try {
          server = await startServer()
          return
        } catch (error) {
          if (attempt >= 50) throw error
          await new Promise((resolve) => setTimeout(resolve, 100))
        }
      }
    },
    async stop() {
      await end('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port)
        else reject(new Error('No free port was found.'))
      })
    })
  })
}
