import type { BackendCommand, BackendMessage, HostingReport } from '../../shared/backend/messages.ts'
import type { BackendConnection } from '../../shared/ipc/contract.ts'
import type { MainLog } from '../log/mainLog.ts'
import {
  connectionOf,
  superviseBackend,
  type SupervisionCommand,
  type SupervisionEvent,
  type SupervisionState,
} from './supervision.ts'

/** The backend's process, as Electron's `utilityProcess.fork` gives it. */
export interface BackendProcess {
  readonly postMessage: (command: BackendCommand) => void
  readonly kill: () => void
  readonly onMessage: (listener: (message: BackendMessage) => void) => void
  readonly onExit: (listener: (code: number) => void) => void
}

/** Where clients find the backend, and how to start it again and end it. */
export interface BackendSupervisor {
  readonly connection: () => BackendConnection
  readonly start: () => void
  readonly retry: () => BackendConnection
  /** Asks the backend's process for something about hosting. False: there is none of ours that is ready. */
  readonly askHosting: (command: Extract<BackendCommand, { kind: 'host' | 'stopHosting' }>) => boolean
  /** Ends the backend cleanly, by force when it takes more than 10 s. Resolves when it is gone. */
  readonly stop: () => Promise<void>
}

interface Dependencies {
  readonly fork: () => BackendProcess
  readonly log: MainLog
  readonly onChanged: (connection: BackendConnection) => void
  /** What has become of hosting for people nearby; `off` when the process that did it has ended. */
  readonly onHosting?: (report: HostingReport) => void
  readonly nowMs: () => number
  readonly setTimer: (callback: () => void, delayMs: number) => () => void
}

/** Runs what `superviseBackend` decides. */
export function createBackendSupervisor(deps: Dependencies): BackendSupervisor {
  let state: SupervisionState = { kind: 'idle' }
  let child: BackendProcess | null = null
  let cancelTimer: () => void = () => undefined
  let resolveStopped: () => void = () => undefined
  const stopped = new Promise<void>((resolve) => {
    resolveStopped = resolve
  })

  const handle = (event: SupervisionEvent): void => {
    const before = connectionOf(state)
    const step = superviseBackend(state, event)
    state = step.state
    for (const command of step.commands) run(command)
    const after = connectionOf(state)
    if (JSON.stringify(after) !== JSON.stringify(before)) deps.onChanged(after)
  }

  const fork = (): void => {
    const started = deps.fork()
    child = started
    started.onMessage((message) => {
      if (child !== started) return
      if (message.kind === 'hosting') return deps.onHosting?.(message.report)
      logMessage(message, deps.log)
      handle({ kind: 'message', message, nowMs: deps.nowMs() })
    })
    started.onExit((code) => {
      if (child !== started) return
      child = null
      deps.onHosting?.({ kind: 'off', problem: null })
      if (state.kind === 'stopping') deps.log.info('backend: stopped')
      else deps.log.warn(`backend: its process ended with code ${code}`)
      handle({ kind: 'exited', code, nowMs: deps.nowMs() })
    })
  }

  const run = (command: SupervisionCommand): void => {
    cancelTimer()
    switch (command.kind) {
      case 'fork':
        return fork()
      case 'restart_later':
        deps.log.info(`backend: starting again in ${command.delayMs} ms`)
        cancelTimer = deps.setTimer(() => handle({ kind: 'restart_due' }), command.delayMs)
        return
      case 'ask_to_stop':
        child?.postMessage({ kind: 'stop' })
        cancelTimer = deps.setTimer(() => handle({ kind: 'stop_overdue' }), command.killAfterMs)
        return
      case 'kill':
        child?.kill()
        return
      case 'stopped':
        resolveStopped()
    }
  }

  return {
    connection: () => connectionOf(state),
    start: () => handle({ kind: 'start' }),
    retry: () => {
      handle({ kind: 'retry' })
      return connectionOf(state)
    },
    askHosting: (command) => {
      if (child === null || state.kind !== 'ready') return false
      child.postMessage(command)
      return true
    },
    stop: () => {
      handle({ kind: 'stop' })
      return stopped
    },
  }
}

function logMessage(message: Exclude<BackendMessage, { kind: 'hosting' }>, log: MainLog): void {
  switch (message.kind) {
    case 'starting':
      // Shown on screen while it lasts; the backend itself logs how long each step took.
      return
    case 'ready':
      return log.info(
        `backend: ready as ${message.role} at ${message.connection.url} after ${Math.round(message.startUpMs)} ms`,
      )
    case 'failed':
      return log.error(`backend: failed (${message.failure.kind}): ${message.failure.message}`)
  }
}
