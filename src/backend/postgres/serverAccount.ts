import { chmod, readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import type { Result } from '../../shared/result.ts'
import { ok } from '../../shared/result.ts'
import { fail, type BackendFailure } from '../backendFailure.ts'

/** The user that PostgreSQL runs as when we are root, which it refuses to run as. */
export type ServerAccount = { readonly name: string; readonly uid: number; readonly gid: number }

/** Where PostgreSQL keeps its data, and as whom it runs; `account` is `null` for "as ourselves". */
export type ClusterPlace = { readonly folder: string; readonly account: ServerAccount | null }

type Access = { readonly uid: number; readonly gid: number; readonly mode: number }

/** Whether an account may pass through a directory, by its permission bits. */
export function mayPass(account: ServerAccount, directory: Access): boolean {
  if (directory.uid === account.uid) return (directory.mode & 0o100) !== 0
  if (directory.gid === account.gid) return (directory.mode & 0o010) !== 0
  return (directory.mode & 0o001) !== 0
}

/** Finds one of the named users in the text of /etc/passwd; the earlier name wins. */
export function findAccount(passwd: string, names: readonly string[]): ServerAccount | null {
  const accounts = passwd.split('\n').map((line) => line.split(':'))
  for (const name of names) {
    const fields = accounts.find((candidate) => candidate[0] === name)
    const uid = Number(fields?.[2])
    const gid = Number(fields?.[3])
    // uid_t is unsigned: macOS writes "nobody" as -2.
    if (Number.isInteger(uid) && Number.isInteger(gid)) return { name, uid: uid >>> 0, gid: gid >>> 0 }
  }
  return null
}

function parentsOf(path: string): readonly string[] {
  const parents: string[] = []
  for (let current = dirname(path); ; current = dirname(current)) {
    parents.push(current)
    if (dirname(current) === current) return parents
  }
}

const isWithin = (path: string, folder: string): boolean =>
  path !== folder && !relative(folder, path).startsWith('..')

/**
 * The first folder above `path` that the account cannot pass, or `null` when it reaches it. The data folder and private
 * temporary folders, which belong to us, are opened for passing through (not for listing or reading).
 */
export async function findBarrier(
  path: string,
  account: ServerAccount,
  dataFolder: string | null,
): Promise<string | null> {
  for (const parent of parentsOf(path)) {
    const found = await stat(parent)
    if (mayPass(account, found)) continue
    if (parent !== dataFolder && !isWithin(parent, resolve(tmpdir()))) return parent
    await chmod(parent, (found.mode & 0o777) | 0o011)
  }
  return null
}

async function chooseAccount(clusterFolder: string): Promise<ServerAccount | null> {
  const existing = await stat(clusterFolder).catch(() => null)
  if (existing !== null && existing.uid !== 0)
    return { name: `uid ${existing.uid}`, uid: existing.uid, gid: existing.gid }
  return findAccount(await readFile('/etc/passwd', 'utf8'), ['postgres', 'nobody', '_postgres'])
}

/** The folder for databases of root's data folders that no other user can reach, such as those below /root. */
export const systemFolder = '/var/lib/studyhall'

/**
 * Decides where the database lives and as whom PostgreSQL runs. An ordinary user's is in the data folder, run as that
 * user. Root's is run as an unprivileged user, in the data folder where that user can reach it, otherwise in
 * `/var/lib/studyhall/<instance>`.
 */
export async function placeCluster(
  dataFolder: string,
  clusterFolder: string,
  instanceId: string,
): Promise<Result<ClusterPlace, BackendFailure>> {
  if (process.getuid?.() !== 0) return ok({ folder: clusterFolder, account: null })
  const account = await chooseAccount(clusterFolder)
  if (account === null) {
    return fail(
      'data-folder-not-reachable',
      'Studyhall was started as root, which PostgreSQL refuses to run as, and this system has neither a user ' +
        '"postgres" nor "nobody" to run it as. Start Studyhall as an ordinary user.',
    )
  }
  const barrier = await findBarrier(clusterFolder, account, dataFolder)
  if (barrier === null) return ok({ folder: clusterFolder, account })
  const elsewhere = join(systemFolder, instanceId)
  const elsewhereBarrier = await findBarrier(systemFolder, account, dataFolder)
  if (elsewhereBarrier === null) return ok({ folder: elsewhere, account })
  return fail(
    'data-folder-not-reachable',
    `Studyhall was started as root, so its database runs as the user "${account.name}", who cannot pass ${barrier}. ` +
      'Choose a data folder that every user can reach with STUDYHALL_DATA_DIR or --data-dir, or start Studyhall as ' +
      'an ordinary user.',
  )
}
