import { execFile, spawn } from 'node:child_process'
import { open, readFile, rename, stat, type FileHandle } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Result } from '../../shared/result.ts'
import { ok } from '../../shared/result.ts'
import { dataFolderFailure, fail, type BackendFailure } from '../backendFailure.ts'
import type { PostgresBinaries } from './binaries.ts'
import { readPostmasterPid } from './postmasterPid.ts'
import { isAlive, pollUntil } from './processes.ts'
import type { ClusterPlace } from './serverAccount.ts'
import { postgresArguments, type ServerSettings } from './settings.ts'

const run = promisify(execFile)

/** Recovery after a crash reads up to `max_wal_size` of log; this leaves room for a slow disk. */
const readyMs = 60_000
const logLimitBytes = 2_000_000

export type LaunchRequest = {
  readonly binaries: PostgresBinaries
  readonly place: ClusterPlace
  readonly settings: ServerSettings
  readonly logFile: string
  /** A process id in a stale `postmaster.pid` that now belongs to another program; `null` when there is none. */
  readonly reusedPid: number | null
}

async function openLog(path: string): Promise<FileHandle> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  )
  if (size > logLimitBytes) await rename(path, `${path}.old`)
  // SECURITY: the log is for this user only.
  return await open(path, 'a', 0o600)
}

async function logSince(path: string, offset: number): Promise<string> {
  const content = await readFile(path).catch(() => Buffer.alloc(0))
  return content.subarray(offset).toString('utf8').trim()
}

/**
 * PostgreSQL takes a process id that it finds in `postmaster.pid` for another server if that process is alive, except
 * for its own relatives', which `PG_GRANDPARENT_PID` names. Naming the reused id lets PostgreSQL replace the stale
 * file itself and keeps its check that no server process still uses the old shared memory; deleting the file would
 * not.
 */
function environmentFor(reusedPid: number | null): NodeJS.ProcessEnv {
  const base = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
  return reusedPid === null ? base : { ...base, PG_GRANDPARENT_PID: String(reusedPid) }
}

async function launchByPgCtl(request: LaunchRequest): Promise<number | null> {
  // On Windows PostgreSQL refuses an administrator's rights, and pg_ctl is what gives them up.
  const options = postgresArguments(request.place.folder, request.settings)
    .slice(2)
    .map((argument) => (argument.includes(' ') || argument === '' ? `"${argument}"` : argument))
    .join(' ')
  const log = ['-l', request.logFile]
  await run(
    request.binaries.pgCtl,
    ['start', '-D', request.place.folder, '-w', '-t', '60', ...log, '-o', options],
    {
      windowsHide: true,
      env: environmentFor(request.reusedPid),
    },
  ).catch(() => {})
  const server = await readPostmasterPid(request.place.folder)
  return server !== null && server.status === 'ready' ? server.pid : null
}

async function launchDirectly(request: LaunchRequest, log: FileHandle): Promise<number | null> {
  const { account, folder } = request.place
  const child = spawn(request.binaries.postgres, postgresArguments(folder, request.settings), {
    cwd: folder,
    // A session of its own: Ctrl-C in a terminal reaches only us, and we stop it in order.
    detached: true,
    // A file rather than a pipe, which would break when we are killed and it lives on.
    stdio: ['ignore', log.fd, log.fd],
    env: environmentFor(request.reusedPid),
    ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
  })
  let ended = false
  child.once('exit', () => (ended = true))
  child.once('error', () => (ended = true))
  child.unref()
  const isReady = await pollUntil(
    async () => {
      if (ended) return true
      const server = await readPostmasterPid(folder)
      return server !== null && server.pid === child.pid && server.status === 'ready'
    },
    readyMs,
    5,
  )
  if (isReady && !ended && child.pid !== undefined) return child.pid
  if (!ended) child.kill('SIGQUIT')
  return null
}

function explain(output: string, request: LaunchRequest): { ok: false; error: BackendFailure } {
  if (/could not bind|could not create any TCP\/IP sockets|Address already in use/i.test(output)) {
    return fail(
      'port-in-use',
      `Port ${request.settings.port}, meant for the database, is in use by another program.`,
    )
  }
  if (/No space left on device/i.test(output)) {
    return fail(
      'disk-full',
      `The disk that holds ${request.place.folder} is full. Free some space there, then start Studyhall again.`,
    )
  }
  if (/database files are incompatible with server/i.test(output)) {
    return fail(
      'database-newer',
      `The database in ${request.place.folder} was made by another version of PostgreSQL than this Studyhall ships. ` +
        'Use the version of Studyhall that made it; nothing was changed.',
    )
  }
  const reason = output.split('\n').findLast((line) => /FATAL|PANIC|error/i.test(line)) ?? 'it gave no reason'
  return fail('postgres-not-starting', `PostgreSQL did not start (${reason}). Its log is ${request.logFile}.`)
}

/** Starts PostgreSQL and waits until it takes connections. @returns its process id */
export async function launchServer(request: LaunchRequest): Promise<Result<number, BackendFailure>> {
  let log: FileHandle
  try {
    log = await openLog(request.logFile)
  } catch (error) {
    return dataFolderFailure(error, request.logFile)
  }
  try {
    const offset = (await log.stat()).size
    const byPgCtl = process.platform === 'win32'
    const pid = byPgCtl ? await launchByPgCtl(request) : await launchDirectly(request, log)
    if (pid !== null && isAlive(pid)) return ok(pid)
    return explain(await logSince(request.logFile, offset), request)
  } finally {
    await log.close()
  }
}
