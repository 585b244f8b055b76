import type { Result } from '../../shared/result.ts'
import { ok } from '../../shared/result.ts'
import { fail, type BackendFailure } from '../backendFailure.ts'
import type { Log } from '../log/log.ts'
import type { PostgresBinaries } from './binaries.ts'
import { findFreePort } from './findFreePort.ts'
import { launchServer } from './launchServer.ts'
import { isAlive, pollUntil } from './processes.ts'
import { findServer, stopServer } from './runningServer.ts'
import type { ClusterPlace } from './serverAccount.ts'

export type PostgresOptions = {
  readonly binaries: PostgresBinaries
  readonly place: ClusterPlace
  readonly adminPassword: string
  readonly logFile: string
  /** The port of the last run, taken again if it is free. */
  readonly preferredPort: number | null
  readonly extensionControlPath: string | null
  readonly log: Log
  /** It ended by itself and could not be brought back. */
  readonly onLost: (failure: BackendFailure) => void
}

/** A PostgreSQL that takes connections. When it is killed it is started again on the same port. */
export type RunningPostgres = {
  readonly port: number
  /** Its process id, which changes when it has to be started again. */
  readonly pid: () => number
  readonly adopted: boolean
  /** Fast shutdown; resolves when the process is gone. */
  readonly stop: () => Promise<void>
}

type Started = { readonly pid: number; readonly port: number; readonly adopted: boolean }

const portAttempts = 3
const restartAttempts = 20
const restartDelayMs = 100
const watchEveryMs = 250

async function adoptOrLaunch(
  options: PostgresOptions,
  preferredPort: number | null,
): Promise<Result<Started, BackendFailure>> {
  const { binaries, place, log, extensionControlPath } = options
  const found = await findServer(binaries, place.folder, options.adminPassword, extensionControlPath)
  if (found.kind === 'usable') {
    log.info(`using the running database, process ${found.server.pid}`)
    return ok({ pid: found.server.pid, port: found.server.port, adopted: true })
  }
  if (found.kind === 'unusable') {
    log.warn(`stopping the database that an earlier run left behind, process ${found.server.pid}`)
    if (!(await stopServer(binaries, place.folder, found.server.pid))) {
      return fail(
        'postgres-not-starting',
        `Another PostgreSQL, process ${found.server.pid}, uses ${place.folder} and does not stop. End it, then start again.`,
      )
    }
  }
  const reusedPid = found.kind === 'reused-pid' ? found.pid : null
  // Only now: an earlier run's server may have had the preferred port.
  const port = await findFreePort(preferredPort)
  const settings = { port, extensionControlPath }
  const launched = await launchServer({ binaries, place, settings, logFile: options.logFile, reusedPid })
  return launched.ok ? ok({ pid: launched.value, port, adopted: false }) : launched
}

async function startOnSomePort(options: PostgresOptions): Promise<Result<Started, BackendFailure>> {
  for (let attempt = 1; ; attempt += 1) {
    const started = await adoptOrLaunch(options, attempt === 1 ? options.preferredPort : null)
    // Between finding a port free and taking it, somebody else may have taken it.
    if (started.ok || started.error.kind !== 'port-in-use' || attempt === portAttempts) return started
  }
}

/** On the same port, which all connections know. */
async function restart(options: PostgresOptions, port: number): Promise<Result<Started, BackendFailure>> {
  for (let attempt = 1; ; attempt += 1) {
    const started = await adoptOrLaunch(options, port)
    if (started.ok && started.value.port === port) return started
    if (started.ok) await stopServer(options.binaries, options.place.folder, started.value.pid)
    if (attempt === restartAttempts) {
      return started.ok
        ? fail('port-in-use', `The database ended, and its port ${port} was taken by another program.`)
        : started
    }
    // After a kill its children need a moment to notice and to let go of the shared memory.
    await new Promise((resolve) => setTimeout(resolve, restartDelayMs))
  }
}

/** Starts PostgreSQL, or takes over one that a killed owner left running, and keeps it running. */
export async function startPostgres(
  options: PostgresOptions,
): Promise<Result<RunningPostgres, BackendFailure>> {
  const first = await startOnSomePort(options)
  if (!first.ok) return first
  const { port } = first.value
  let { pid } = first.value
  let state: 'running' | 'restarting' | 'stopped' = 'running'
  let restarting: Promise<void> = Promise.resolve()

  const bringBack = async (): Promise<void> => {
    options.log.warn(`the database (process ${pid}) ended unexpectedly; starting it again`)
    const again = await restart(options, port)
    if (again.ok) {
      pid = again.value.pid
      options.log.info(`the database is back, process ${pid}`)
      if (state === 'restarting') state = 'running'
    } else if (state === 'restarting') {
      options.onLost(again.error)
    }
  }
  // Looking works alike for a child, for an adopted server and for Windows, where pg_ctl is the parent.
  const watch = setInterval(() => {
    if (state !== 'running' || isAlive(pid)) return
    state = 'restarting'
    restarting = bringBack()
  }, watchEveryMs)

  return ok({
    port,
    pid: () => pid,
    adopted: first.value.adopted,
    stop: async () => {
      if (state === 'stopped') return
      state = 'stopped'
      clearInterval(watch)
      await restarting
      if (!(await stopServer(options.binaries, options.place.folder, pid)))
        options.log.error(`the database (process ${pid}) did not stop`)
      await pollUntil(() => !isAlive(pid), 1_000)
    },
  })
}
