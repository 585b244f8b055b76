import type { BackendMessage } from '../../shared/backend/messages.ts'
import type { BackendConnection } from '../../shared/ipc/contract.ts'

/** What the process says about itself. */
type StateMessage = Exclude<BackendMessage, { kind: 'hosting' }>

/** Where the supervision of the backend's process stands. `crashes` counts those in a row. */
export type SupervisionState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'starting'; readonly step: string; readonly crashes: number }
  | {
      readonly kind: 'ready'
      readonly connection: Extract<BackendConnection, { kind: 'ready' }>
      readonly sinceMs: number
      readonly crashes: number
    }
  | { readonly kind: 'waiting'; readonly crashes: number }
  | {
      readonly kind: 'failed'
      readonly failure: { readonly kind: string; readonly message: string }
      readonly running: boolean
    }
  | { readonly kind: 'stopping' }
  | { readonly kind: 'stopped' }

export type SupervisionEvent =
  | { readonly kind: 'start' }
  | { readonly kind: 'message'; readonly message: StateMessage; readonly nowMs: number }
  | { readonly kind: 'exited'; readonly code: number; readonly nowMs: number }
  | { readonly kind: 'restart_due' }
  | { readonly kind: 'retry' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'stop_overdue' }

export type SupervisionCommand =
  | { readonly kind: 'fork' }
  | { readonly kind: 'restart_later'; readonly delayMs: number }
  | { readonly kind: 'ask_to_stop'; readonly killAfterMs: number }
  | { readonly kind: 'kill' }
  | { readonly kind: 'stopped' }

export interface SupervisionStep {
  readonly state: SupervisionState
  readonly commands: readonly SupervisionCommand[]
}

/** The delay before the n-th restart in a row doubles from the first to the longest. */
const firstDelayMs = 250
const longestDelayMs = 8_000
/** So many crashes in a row are not bad luck: the person is told instead of trying on. */
const maximumCrashes = 6
/** A backend that ran this long counts as sound, so its next crash is the first again. */
const soundAfterMs = 60_000
/** PostgreSQL's fast shutdown writes a checkpoint, which takes seconds on a slow disk. */
const killAfterMs = 10_000

/** Decides what to do with the backend's process. Pure. */
export function superviseBackend(state: SupervisionState, event: SupervisionEvent): SupervisionStep {
  switch (event.kind) {
    case 'start':
      return state.kind === 'idle' ? start(0) : stay(state)
    case 'message':
      return isRunning(state) ? handleMessage(state, event.message, event.nowMs) : stay(state)
    case 'exited':
      return handleExit(state, event.code, event.nowMs)
    case 'restart_due':
      return state.kind === 'waiting' ? start(state.crashes) : stay(state)
    case 'retry':
      return handleRetry(state)
    case 'stop':
      return handleStop(state)
    case 'stop_overdue':
      return state.kind === 'stopping' ? { state, commands: [{ kind: 'kill' }] } : stay(state)
  }
}

/** What the renderer is told of a state. */
export function connectionOf(state: SupervisionState): BackendConnection {
  switch (state.kind) {
    case 'ready':
      return state.connection
    case 'failed':
      return { kind: 'failed', failure: state.failure }
    case 'starting':
      return { kind: 'starting', step: state.step }
    case 'waiting':
      return { kind: 'starting', step: 'Starting the backend again' }
    case 'idle':
    case 'stopping':
    case 'stopped':
      return {
        kind: 'starting',
        step: state.kind === 'idle' ? 'Starting the backend' : 'Stopping the backend',
      }
  }
}

function start(crashes: number): SupervisionStep {
  const step = crashes === 0 ? 'Starting the backend' : 'Starting the backend again'
  return { state: { kind: 'starting', step, crashes }, commands: [{ kind: 'fork' }] }
}

function stay(state: SupervisionState): SupervisionStep {
  return { state, commands: [] }
}

type Running = Extract<SupervisionState, { kind: 'starting' | 'ready' | 'failed' }>

function isRunning(state: SupervisionState): state is Running {
  return state.kind === 'starting' || state.kind === 'ready' || (state.kind === 'failed' && state.running)
}

function handleMessage(state: Running, message: StateMessage, nowMs: number): SupervisionStep {
  const crashes = state.kind === 'failed' ? 0 : state.crashes
  switch (message.kind) {
    case 'starting':
      return stay({ kind: 'starting', step: message.step, crashes })
    case 'ready': {
      const connection = { kind: 'ready', mode: 'embedded', ...message.connection } as const
      return stay({ kind: 'ready', connection, sinceMs: nowMs, crashes })
    }
    case 'failed':
      return stay({ kind: 'failed', failure: message.failure, running: true })
  }
}

function handleExit(state: SupervisionState, code: number, nowMs: number): SupervisionStep {
  switch (state.kind) {
    case 'starting':
      return restart(state.crashes + 1, code)
    case 'ready':
      return restart(nowMs - state.sinceMs >= soundAfterMs ? 1 : state.crashes + 1, code)
    case 'failed':
      return stay({ ...state, running: false })
    case 'stopping':
      return { state: { kind: 'stopped' }, commands: [{ kind: 'stopped' }] }
    case 'idle':
    case 'waiting':
    case 'stopped':
      return stay(state)
  }
}

function restart(crashes: number, code: number): SupervisionStep {
  if (crashes > maximumCrashes) {
    const failure = {
      kind: 'crashed_repeatedly',
      message: `The built-in backend stopped ${crashes} times in a row (code ${code}). The log in the data folder says why; try again, or restart the computer.`,
    }
    return stay({ kind: 'failed', failure, running: false })
  }
  const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** (crashes - 1))
  return { state: { kind: 'waiting', crashes }, commands: [{ kind: 'restart_later', delayMs }] }
}

function handleRetry(state: SupervisionState): SupervisionStep {
  if (state.kind !== 'failed') return stay(state)
  if (!state.running) return start(0)
  // The process that failed is still there: end it first, and let its exit start the next one.
  return {
    state: { kind: 'starting', step: 'Starting the backend again', crashes: 0 },
    commands: [{ kind: 'kill' }],
  }
}

function handleStop(state: SupervisionState): SupervisionStep {
  switch (state.kind) {
    case 'idle':
    case 'waiting':
    case 'stopped':
      return { state: { kind: 'stopped' }, commands: [{ kind: 'stopped' }] }
    case 'stopping':
      return stay(state)
    case 'failed':
      if (!state.running) return { state: { kind: 'stopped' }, commands: [{ kind: 'stopped' }] }
      return { state: { kind: 'stopping' }, commands: [{ kind: 'ask_to_stop', killAfterMs }] }
    case 'starting':
    case 'ready':
      return { state: { kind: 'stopping' }, commands: [{ kind: 'ask_to_stop', killAfterMs }] }
  }
}
