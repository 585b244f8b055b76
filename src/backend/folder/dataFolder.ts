import { mkdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Result } from '../../shared/result.ts'
import { ok } from '../../shared/result.ts'
import { dataFolderFailure, type BackendFailure } from '../backendFailure.ts'
import { rm, writeFile } from 'node:fs/promises'

/** Where the backend keeps its things. */
export type DataFolder = {
  readonly root: string
  /** Locked by the owner for as long as it lives; its content means nothing. */
  readonly lockFile: string
  /** Keys and passwords, readable by this user only. */
  readonly secretsFile: string
  /** Where the backend is, or was last, reachable. */
  readonly endpointFile: string
  /** PostgreSQL's data, unless the unprivileged user cannot reach it here. */
  readonly cluster: string
  readonly postgresLog: string
  /** LiveKit's settings with its key, readable by the user it runs as only. */
  readonly livekitConfig: string
  /** Which process LiveKit is, while it runs. */
  readonly livekitPid: string
  /** The key and the certificate for hosting, readable by this user only. */
  readonly nearbyCertificate: string
}

/** Names the files of a data folder, without touching them. */
export function describeDataFolder(path: string): DataFolder {
  const root = resolve(path)
  return {
    root,
    lockFile: join(root, 'backend.lock'),
    secretsFile: join(root, 'secrets.json'),
    endpointFile: join(root, 'backend.json'),
    cluster: join(root, 'postgres'),
    postgresLog: join(root, 'postgres.log'),
    livekitConfig: join(root, 'livekit.json'),
    livekitPid: join(root, 'livekit.pid'),
    nearbyCertificate: join(root, 'nearby.json'),
  }
}

/** Creates the folder if need be and proves that it can be written to. */
export async function prepareDataFolder(path: string): Promise<Result<DataFolder, BackendFailure>> {
  const folder = describeDataFolder(path)
  const probe = join(folder.root, `.write-probe-${process.pid}`)
  try {
    // SECURITY: other users have no business in here.
    await mkdir(folder.root, { recursive: true, mode: 0o700 })
    await writeFile(probe, 'a full disk or a missing right shows here, not in the middle of a start')
    await rm(probe)
    return ok(folder)
  } catch (error) {
    return dataFolderFailure(error, folder.root)
  }
}

/** Whether something exists at the path. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
