import type { Result } from '../../shared/result.ts'
import { ok } from '../../shared/result.ts'
import { fail, type BackendFailure } from '../backendFailure.ts'
import type { DataFolder } from '../folder/dataFolder.ts'
import { readEndpoint, type Endpoint } from '../lock/endpointFile.ts'
import { takeOwnerLock, type OwnerLock } from '../lock/ownerLock.ts'
import { answers, untilDisconnected } from './ownerProbe.ts'

/** Either we may run the backend, or somebody does and answers. */
export type Standing =
  | { readonly kind: 'owner'; readonly lock: OwnerLock }
  | { readonly kind: 'guest'; readonly endpoint: Endpoint }

/** A first start on a slow disk, or a recovery after a crash, takes its time. */
const ownerReadyMs = 90_000
const probeMs = 1_000
const lookAgainMs = 40

/** Takes the lock, or waits until the one who has it answers; whichever comes first. `null` when aborted. */
export async function findStanding(
  folder: DataFolder,
  signal: AbortSignal,
): Promise<Result<Standing | null, BackendFailure>> {
  const deadline = performance.now() + ownerReadyMs
  while (!signal.aborted) {
    const lock = takeOwnerLock(folder.lockFile)
    if (!lock.ok) return lock
    if (lock.value !== null) return ok({ kind: 'owner', lock: lock.value })
    const endpoint = await readEndpoint(folder.endpointFile)
    if (endpoint !== null && (await answers(endpoint, probeMs))) return ok({ kind: 'guest', endpoint })
    if (performance.now() > deadline) {
      return fail(
        'owner-not-answering',
        `Another Studyhall on this machine holds the data folder ${folder.root} but does not answer. End it, then ` +
          'start again.',
      )
    }
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs))
  }
  return ok(null)
}

/** Waits until the owner is gone or another one answers in its place. `null` when aborted. */
export async function waitForChange(
  folder: DataFolder,
  known: Endpoint,
  signal: AbortSignal,
): Promise<Result<Standing | null, BackendFailure>> {
  while (!signal.aborted) {
    await untilDisconnected(known.port, signal)
    const standing = await findStanding(folder, signal)
    if (!standing.ok || standing.value === null || standing.value.kind === 'owner') return standing
    if (standing.value.endpoint.runId !== known.runId) return standing
  }
  return ok(null)
}
