import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Result } from '../../shared/result.ts'
import { ok } from '../../shared/result.ts'
import { dataFolderFailure, fail, systemErrorCode, type BackendFailure } from '../backendFailure.ts'
import { exists } from '../folder/dataFolder.ts'
import type { PostgresBinaries } from './binaries.ts'
import type { ClusterPlace } from './serverAccount.ts'
import { superuser } from './roles.ts'

const run = promisify(execFile)

/** Whether the folder holds a database. */
export async function clusterExists(folder: string): Promise<boolean> {
  return await exists(join(folder, 'PG_VERSION'))
}

async function removeLeftovers(folder: string, prefix: string): Promise<void> {
  const names = await readdir(folder)
  await Promise.all(
    names
      .filter((name) => name.startsWith(prefix))
      .map((name) => rm(join(folder, name), { recursive: true, force: true })),
  )
}

function outputOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  return 'stderr' in error && typeof error.stderr === 'string' ? error.stderr : error.message
}

/**
 * Creates an empty database. It is made beside its place and moved there when it is complete, so that a crash in the
 * middle leaves nothing that looks like a database.
 */
export async function createCluster(
  binaries: PostgresBinaries,
  place: ClusterPlace,
  superuserPassword: string,
): Promise<Result<void, BackendFailure>> {
  const parent = dirname(place.folder)
  const prefix = '.postgres-new-'
  const unfinished = join(parent, `${prefix}${randomUUID()}`)
  const data = join(unfinished, 'data')
  const passwordFile = join(unfinished, 'password')
  const owner = place.account
  try {
    await mkdir(parent, { recursive: true, mode: 0o711 })
    await removeLeftovers(parent, prefix)
    await mkdir(unfinished, { mode: 0o700 })
    // SECURITY: the password goes by a file of the server's user, not on a command line that everybody can see.
    await writeFile(passwordFile, superuserPassword, { mode: 0o600, flag: 'wx' })
    if (owner !== null) {
      await chown(passwordFile, owner.uid, owner.gid)
      await chown(unfinished, owner.uid, owner.gid)
    }
    await run(
      binaries.initdb,
      [
        `--pgdata=${data}`,
        `--username=${superuser}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // The built-in provider sorts the same on every system, whatever C library it has.
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        // Small segments: less to write before the first start, less to keep afterwards.
        '--wal-segsize=4',
        '--no-instructions',
      ],
      {
        cwd: unfinished,
        windowsHide: true,
        env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
        ...(owner === null ? {} : { uid: owner.uid, gid: owner.gid }),
      },
    )
    await rename(data, place.folder)
    return ok(undefined)
  } catch (error) {
    if (systemErrorCode(error) !== null) return dataFolderFailure(error, parent)
    const output = outputOf(error)
    if (/No space left on device/i.test(output)) {
      return fail(
        'disk-full',
        `The disk that holds ${parent} is full. Free some space there, then start again.`,
      )
    }
    return fail(
      'postgres-not-starting',
      `PostgreSQL could not create its database in ${parent}: ${output.trim()}`,
    )
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}
