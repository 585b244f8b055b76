import type { BackendRole } from '../shared/backend/messages.ts'
import type { Result } from '../shared/result.ts'
import { ok } from '../shared/result.ts'
import type { BackendFailure } from './backendFailure.ts'
import {
  resolveOptions,
  type BackendConnection,
  type BackendOptions,
  type ResolvedOptions,
  type RunningBackend,
} from './backendOptions.ts'
import { prepareDataFolder, type DataFolder } from './folder/dataFolder.ts'
import { findStanding, waitForChange } from './guest/followOwner.ts'
import type { Endpoint } from './lock/endpointFile.ts'
import type { OwnerLock } from './lock/ownerLock.ts'
import { createStartUpClock, type StartUpClock } from './log/startUpClock.ts'
import { connectionOf, startOwner, type Owner } from './owner/startOwner.ts'
import { readSecrets } from './secrets/secrets.ts'

export type { BackendConnection, BackendOptions, RunningBackend } from './backendOptions.ts'

/** Starts the backend under a lock that is let go when it stops or cannot start. */
async function own(
  folder: DataFolder,
  lock: OwnerLock,
  options: ResolvedOptions,
  clock: StartUpClock,
): Promise<Result<Owner, BackendFailure>> {
  let owner: Result<Owner, BackendFailure>
  try {
    owner = await startOwner(folder, options, clock)
  } catch (error) {
    lock.release()
    throw error
  }
  if (!owner.ok) {
    lock.release()
    return owner
  }
  const { connection, openMedia, stop } = owner.value
  return ok({
    connection,
    openMedia,
    stop: async () => {
      await stop()
      lock.release()
    },
  })
}

type GuestOptions = {
  readonly folder: DataFolder
  readonly endpoint: Endpoint
  readonly connection: BackendConnection
  readonly options: ResolvedOptions
  readonly onTakeOver: (connection: BackendConnection) => void
}

type Guest = Pick<RunningBackend, 'role' | 'connection' | 'openMedia' | 'stop'>

/** Uses another process's backend, and runs it itself when that process is gone. */
function beGuest({ folder, options, onTakeOver, ...first }: GuestOptions): Guest {
  const stopping = new AbortController()
  let { endpoint, connection } = first
  let owner: Owner | null = null

  const takeOver = async (lock: OwnerLock): Promise<boolean> => {
    options.log.info('the backend we used is gone; taking over')
    // On the port that clients know.
    const started = await own(folder, lock, { ...options, port: null }, createStartUpClock())
    if (!started.ok) {
      options.onLost(started.error)
      return false
    }
    owner = started.value
    connection = owner.connection
    onTakeOver(connection)
    return true
  }

  const follow = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const standing = await waitForChange(folder, endpoint, stopping.signal)
      if (!standing.ok) return options.onLost(standing.error)
      if (standing.value === null) return
      if (standing.value.kind === 'owner') {
        await takeOver(standing.value.lock)
        return
      }
      endpoint = standing.value.endpoint
      const secrets = await readSecrets(folder.secretsFile)
      if (secrets.ok) connection = connectionOf(endpoint, secrets.value)
    }
  }
  const following = follow()

  return {
    role: (): BackendRole => (owner === null ? 'guest' : 'owner'),
    connection: () => connection,
    openMedia: (addresses) => owner?.openMedia(addresses),
    stop: async () => {
      stopping.abort()
      await following
      await owner?.stop()
    },
  }
}

/**
 * Starts the backend of a data folder, or joins the one that already runs there.
 *
 * Resolves when it answers requests. Every failure that can be expected (see `BackendFailureKind`) is the error side;
 * then nothing is left running.
 */
export async function startBackend(given: BackendOptions): Promise<Result<RunningBackend, BackendFailure>> {
  const options = resolveOptions(given)
  const clock = createStartUpClock(given.onStep)
  const folder = await clock.measure('folder', () => prepareDataFolder(given.dataDir))
  if (!folder.ok) return folder
  const standing = await clock.measure('lock', () => findStanding(folder.value, new AbortController().signal))
  if (!standing.ok) return standing
  if (standing.value === null) throw new Error('nobody aborts the wait')
  if (standing.value.kind === 'owner') {
    const owner = await own(folder.value, standing.value.lock, options, clock)
    if (!owner.ok) return owner
    const { connection, openMedia, stop } = owner.value
    return ok({
      role: () => 'owner',
      connection: () => connection,
      openMedia,
      startUpMs: clock.elapsedMs(),
      stop,
    })
  }
  const secrets = await readSecrets(folder.value.secretsFile)
  if (!secrets.ok) return secrets
  const { endpoint } = standing.value
  options.log.info(`using the backend that runs already at port ${endpoint.port}`)
  const guest = beGuest({
    folder: folder.value,
    endpoint,
    connection: connectionOf(endpoint, secrets.value),
    options,
    onTakeOver: given.onTakeOver ?? (() => {}),
  })
  return ok({ ...guest, startUpMs: clock.elapsedMs() })
}
