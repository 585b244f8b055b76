import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, chown, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import postgres, { type Sql } from 'postgres'
import { silentLog } from '../../src/backend/log/log.ts'
import { authSchemaSql } from '../../src/backend/lite/createLiteApi.ts'
import { applyMigrations, checkMigrations } from '../../src/backend/migrations/applyMigrations.ts'
import { readMigrations } from '../../src/backend/migrations/readMigrations.ts'
import {
  authFunctionsSql,
  realtimeOwnershipSql,
  rolesSql,
  schemaChangesSql,
  schemasSql,
} from '../../src/backend/platform/platformSql.ts'
import { databaseUrl, schemaOwner, superuser } from '../../src/backend/postgres/roles.ts'
import { findAccount, type ServerAccount } from '../../src/backend/postgres/serverAccount.ts'
import { libraryPath, prepareDebianPackages } from '../../tools/debian/prepareDebianPackages.ts'
import { listenOnFreePort } from './listenOnFreePort.ts'

const run = promisify(execFile)
const projectFolder = join(import.meta.dirname, '..', '..')
const password = 'only-for-this-test'

/** A PostgreSQL that has pg_cron, installed or as Debian packages it. */
export interface CronPostgres {
  /** The folder of its programs. */
  readonly programs: string
  /** For `LD_LIBRARY_PATH`; empty where the system's serve. */
  readonly libraries: string
  release(): Promise<void>
}

/** A database with the platform and all migrations, whose scheduler is pg_cron. */
export interface CronDatabase {
  /** As the superuser, who sees everybody's jobs. */
  readonly sql: Sql
  stop(): Promise<void>
}

const folderOf = (version: string): string => join('usr', 'lib', 'postgresql', version)
const libraryOf = (version: string): string => join(folderOf(version), 'lib', 'pg_cron.so')

/** The versions of PostgreSQL for which there is a pg_cron here, newest first; those that are installed before all others. */
async function findVersions(): Promise<readonly string[]> {
  const installed = await readdir('/usr/lib/postgresql').catch(() => [])
  const names = await run('apt-cache', ['pkgnames', 'postgresql-']).then(
    ({ stdout }) => stdout,
    () => '',
  )
  const packaged = [...names.matchAll(/^postgresql-(\d+)-cron$/gm)].flatMap(([, version]) => version ?? [])
  const newestFirst = (versions: readonly string[]) => versions.toSorted((a, b) => Number(b) - Number(a))
  return [
    ...newestFirst(installed.filter((version) => existsSync(join('/', libraryOf(version))))),
    ...newestFirst(packaged),
  ]
}

/**
 * What `STUDYHALL_CRON_POSTGRES` names (a folder of programs), what is installed, or Debian's packages unpacked into the project's cache;
 * null where there is none that runs here, after saying why.
 */
export async function prepareCronPostgres(say: (line: string) => void): Promise<CronPostgres | null> {
  const found = await findCronPostgres(say)
  if (found === null) return null
  try {
    await run(join(found.programs, 'postgres'), ['--version'], { env: environmentOf(found) })
    return found
  } catch {
    say(`PostgreSQL in ${found.programs} does not run here: it may need packages that are not installed.`)
    await found.release()
    return null
  }
}

async function findCronPostgres(say: (line: string) => void): Promise<CronPostgres | null> {
  const nothing = (): Promise<void> => Promise.resolve()
  const chosen = process.env['STUDYHALL_CRON_POSTGRES']
  if (chosen) return { programs: chosen, libraries: '', release: nothing }
  const [version] = await findVersions()
  if (version === undefined) {
    say('There is no PostgreSQL with pg_cron here, nor a package of it.')
    return null
  }
  const packages = [`postgresql-${version}`, `postgresql-${version}-cron`, 'libpq5']
  const wanted = { name: `postgresql-${version}-cron`, packages, file: libraryOf(version) }
  const root = await prepareDebianPackages(wanted, say)
  if (root === null) return null
  if (root === '/') return { programs: join('/', folderOf(version), 'bin'), libraries: '', release: nothing }
  // PostgreSQL may run under another user, who need not be able to read the project's folder.
  const copy = await mkdtemp(join(tmpdir(), 'studyhall-pg-cron-'))
  await chmod(copy, 0o755)
  await cp(join(root, 'usr'), join(copy, 'usr'), { recursive: true, verbatimSymlinks: true })
  return {
    programs: join(copy, folderOf(version), 'bin'),
    libraries: await libraryPath(copy),
    release: () => rm(copy, { recursive: true, force: true }),
  }
}

function environmentOf(cron: CronPostgres): NodeJS.ProcessEnv {
  const { libraries } = cron
  return { ...process.env, LC_ALL: 'C', TZ: 'UTC', ...(libraries && { LD_LIBRARY_PATH: libraries }) }
}

/** Starts one on a folder and a port of its own. */
export async function startCronDatabase(cron: CronPostgres): Promise<CronDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'studyhall-cron-'))
  const account =
    process.getuid?.() === 0
      ? findAccount(await readFile('/etc/passwd', 'utf8'), ['postgres', 'nobody'])
      : null
  const server = await startServer(cron, folder, account)
  const sql = postgres(databaseUrl(superuser, password, server.port), { max: 1, onnotice: () => {} })
  const stop = async (): Promise<void> => {
    await sql.end({ timeout: 1 })
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await untilAnswering(sql)
    await prepare(sql, server.port)
  } catch (error) {
    await stop()
    throw error
  }
  return { sql, stop }
}

async function startServer(
  cron: CronPostgres,
  folder: string,
  account: ServerAccount | null,
): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const data = join(folder, 'data')
  const passwordFile = join(folder, 'password')
  await writeFile(passwordFile, password)
  if (account !== null) for (const path of [folder, passwordFile]) await chown(path, account.uid, account.gid)
  const options = {
    cwd: folder,
    env: environmentOf(cron),
    ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
  }
  const initdb = [`--pgdata=${data}`, `--username=${superuser}`, `--pwfile=${passwordFile}`]
  await run(
    join(cron.programs, 'initdb'),
    [...initdb, '--auth=scram-sha-256', '--encoding=UTF8', '--no-sync'],
    options,
  )
  const placeholder = createServer()
  const port = Number(new URL(await listenOnFreePort(placeholder)).port)
  await new Promise((resolve) => placeholder.close(resolve))
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    wal_level: 'logical',
    timezone: 'UTC',
    max_worker_processes: 30,
    shared_preload_libraries: 'pg_cron',
    'cron.database_name': 'postgres',
    // As on hosted Supabase: jobs need no connection, and so no password.
    'cron.use_background_workers': 'on',
  }
  const parameters = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(join(cron.programs, 'postgres'), ['-D', data, ...parameters], {
    ...options,
    stdio: 'ignore',
  })
  const ended = once(child, 'exit')
  return {
    port,
    async stop() {
      child.kill('SIGQUIT')
      await ended
    },
  }
}

async function untilAnswering(sql: Sql): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await sql`select 1`
      return
    } catch (error) {
      if (tries >= 300) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

/** What a hosted project has before its first migration, and then every migration. */
async function prepare(sql: Sql, port: number): Promise<void> {
  const realtimeSql = await readFile(join(projectFolder, 'src/backend/realtime/realtimeSchema.sql'), 'utf8')
  // Of a login that nothing here uses, and in words that only PostgreSQL 16 and later know.
  await sql.unsafe(rolesSql.replace(' with inherit true', ''))
  await sql.unsafe(`alter role ${schemaOwner} password '${password}'`)
  for (const part of [
    schemasSql,
    authSchemaSql(),
    authFunctionsSql,
    schemaChangesSql,
    realtimeSql,
    realtimeOwnershipSql,
  ])
    await sql.unsafe(part)
  // Supabase has its superuser do this for the owner of the schema, who may then use it.
  await sql.unsafe(`create extension pg_cron; grant usage on schema cron to ${schemaOwner}`)
  const migrations = await readMigrations(join(projectFolder, 'supabase/migrations'))
  const plan = await checkMigrations(sql, migrations)
  if (!plan.ok) throw new Error(plan.error.message)
  const applied = await applyMigrations(databaseUrl(schemaOwner, password, port), plan.value, silentLog)
  if (!applied.ok) throw new Error(applied.error.message)
}
