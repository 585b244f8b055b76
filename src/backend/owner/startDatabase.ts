import type { Result } from '../../shared/result.ts'
import type { ResolvedOptions } from '../backendOptions.ts'
import type { BackendFailure } from '../backendFailure.ts'
import type { DataFolder } from '../folder/dataFolder.ts'
import { findPostgresBinaries } from '../postgres/binaries.ts'
import { clusterExists, createCluster } from '../postgres/createCluster.ts'
import { makeBinariesReachable } from '../postgres/reachableBinaries.ts'
import { placeCluster } from '../postgres/serverAccount.ts'
import { startPostgres, type RunningPostgres } from '../postgres/startPostgres.ts'
import type { Secrets } from '../secrets/secrets.ts'

type DatabaseRequest = {
  readonly folder: DataFolder
  readonly options: ResolvedOptions
  readonly secrets: Secrets
  readonly preferredPort: number | null
}

/** Starts PostgreSQL for a data folder, creating its database on the first start. */
export async function startDatabase(
  request: DatabaseRequest,
): Promise<Result<RunningPostgres, BackendFailure>> {
  const { folder, options, secrets } = request
  const [binaries, place] = await Promise.all([
    findPostgresBinaries(),
    placeCluster(folder.root, folder.cluster, secrets.instanceId),
  ])
  if (!binaries.ok) return binaries
  if (!place.ok) return place
  const programs = await makeBinariesReachable(binaries.value, place.value.account)
  if (!(await clusterExists(place.value.folder))) {
    options.log.info(`creating the database in ${place.value.folder}`)
    const created = await createCluster(programs, place.value, secrets.adminPassword)
    if (!created.ok) return created
  }
  return await startPostgres({
    binaries: programs,
    place: place.value,
    adminPassword: secrets.adminPassword,
    logFile: folder.postgresLog,
    preferredPort: request.preferredPort,
    extensionControlPath: options.extensionControlPath,
    log: options.log,
    onLost: options.onLost,
  })
}
