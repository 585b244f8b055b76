import { execFile } from 'node:child_process'
import { readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import postgres from 'postgres'
import type { PostgresBinaries } from './binaries.ts'
import { readPostmasterPid, type PostmasterPid } from './postmasterPid.ts'
import { isAlive, isPidTaken, isPostgres, pollUntil } from './processes.ts'
import { databaseUrl, superuser } from './roles.ts'
import { isSameCommandLine } from './settings.ts'

const run = promisify(execFile)

/** What is found on a data directory before a start. */
export type FoundServer =
  | { readonly kind: 'none' }
  /** The server was killed, and its id is another program's now, or still that of its unburied remains. */
  | { readonly kind: 'reused-pid'; readonly pid: number }
  /** Left behind by an owner that was killed, and just what we would start: it can be used as it is. */
  | { readonly kind: 'usable'; readonly server: PostmasterPid }
  /** Left behind, but started differently, or not answering. */
  | { readonly kind: 'unusable'; readonly server: PostmasterPid }

/** The longest that a server may take to leave a state of passage, such as recovery after a crash. */
const passageMs = 20_000
const fastShutdownMs = 10_000
const immediateShutdownMs = 5_000

async function servesFolder(server: PostmasterPid, folder: string, adminPassword: string): Promise<boolean> {
  const sql = postgres(databaseUrl(superuser, adminPassword, server.port), {
    max: 1,
    connect_timeout: 3,
    onnotice: () => {},
  })
  try {
    const [row] = await sql<{ folder: string }[]>`select current_setting('data_directory') as folder`
    return row !== undefined && (await realpath(row.folder)) === (await realpath(folder))
  } catch {
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
}

/** Looks whether a server runs on the data directory. Never changes anything. */
export async function findServer(
  binaries: PostgresBinaries,
  folder: string,
  adminPassword: string,
  extensionControlPath: string | null,
): Promise<FoundServer> {
  let server = await readPostmasterPid(folder)
  if (server === null || !isPidTaken(server.pid)) return { kind: 'none' }
  const { pid } = server
  if (!(await isPostgres(pid))) return { kind: 'reused-pid', pid }
  await pollUntil(async () => {
    server = await readPostmasterPid(folder)
    return server === null || server.status === 'ready' || !isAlive(pid)
  }, passageMs)
  if (server === null) return { kind: 'none' }
  if (!isAlive(pid)) return isPidTaken(pid) ? { kind: 'reused-pid', pid } : { kind: 'none' }
  const settings = { port: server.port, extensionControlPath }
  const options = await readFile(join(folder, 'postmaster.opts'), 'utf8').catch(() => '')
  const usable =
    server.status === 'ready' &&
    isSameCommandLine(options, binaries.postgres, folder, settings) &&
    (await servesFolder(server, folder, adminPassword))
  return usable ? { kind: 'usable', server } : { kind: 'unusable', server }
}

/**
 * Stops a server: its sessions are ended and it writes a checkpoint; if it does not get there in time it ends at
 * once, and recovers from its log at the next start, losing nothing that was acknowledged.
 * @returns whether it is gone
 */
export async function stopServer(binaries: PostgresBinaries, folder: string, pid: number): Promise<boolean> {
  const gone = (): boolean => !isAlive(pid)
  if (process.platform === 'win32') {
    for (const mode of ['fast', 'immediate']) {
      await run(binaries.pgCtl, ['stop', '-D', folder, '-m', mode, '-w', '-t', '10'], {
        windowsHide: true,
      }).catch(() => {})
      if (await pollUntil(gone, 1_000)) return true
    }
    return false
  }
  // PostgreSQL's signals: SIGINT is a fast shutdown, SIGQUIT an immediate one.
  signal(pid, 'SIGINT')
  if (await pollUntil(gone, fastShutdownMs, 5)) return true
  signal(pid, 'SIGQUIT')
  return await pollUntil(gone, immediateShutdownMs)
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It ended between looking and asking.
  }
}
