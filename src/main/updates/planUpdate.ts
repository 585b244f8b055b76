import type { UpdateChannel, UpdateState } from '../../shared/updates/updateState.ts'

/** The updater's memory: what people see of it, and what decides the next step. */
export interface UpdateMemory {
  readonly shown: UpdateState
  readonly channel: UpdateChannel
  readonly isInCall: boolean
  /** Counts looks and downloads: an answer to an earlier one says nothing any more. */
  readonly attempt: number
}

/** What has happened. `attempt` is the one that the command carried. */
export type UpdateEvent =
  | { readonly kind: 'timerFired' }
  | { readonly kind: 'checkAsked' }
  | { readonly kind: 'checked'; readonly attempt: number; readonly newVersion: string | null }
  | { readonly kind: 'downloaded'; readonly attempt: number }
  | { readonly kind: 'failed'; readonly attempt: number; readonly problem: string }
  | { readonly kind: 'callChanged'; readonly isInCall: boolean }
  | { readonly kind: 'channelChanged'; readonly channel: UpdateChannel }
  | { readonly kind: 'restartAsked' }

/** What is to be done about it, in this order. */
export type UpdateCommand =
  | { readonly kind: 'check'; readonly channel: UpdateChannel; readonly attempt: number }
  | { readonly kind: 'download'; readonly attempt: number }
  | { readonly kind: 'cancelDownload' }
  /** Whether what has been downloaded is installed when the app quits. */
  | { readonly kind: 'setInstallOnQuit'; readonly isWanted: boolean }
  | { readonly kind: 'quitAndInstall' }
  /** Replaces an earlier one. */
  | { readonly kind: 'setTimer'; readonly delayMs: number }

export interface UpdateStep {
  readonly memory: UpdateMemory
  readonly commands: readonly UpdateCommand[]
}

/** The first look waits until the start is over; later ones come four times a day. */
export const FIRST_CHECK_MS = 30_000
export const CHECK_INTERVAL_MS = 6 * 3_600_000
/** After a failure, such as no network. */
export const RETRY_MS = 30 * 60_000

/** The updater at the app's start. `isAble`: this copy was installed and knows where to look. */
export function beginUpdates(channel: UpdateChannel, isAble: boolean): UpdateStep {
  const memory = { channel, isInCall: false, attempt: 0 }
  return isAble
    ? {
        memory: { ...memory, shown: { kind: 'waiting', lastProblem: null } },
        commands: [{ kind: 'setTimer', delayMs: FIRST_CHECK_MS }],
      }
    : { memory: { ...memory, shown: { kind: 'off' } }, commands: [] }
}

/**
 * Decides about updates. Nothing is looked for, downloaded or installed while a call is on: a download that a call begins
 * during is given up and begun again after it. Who goes back to `stable` keeps the version they run until a newer one is
 * stable, and a downloaded `beta` is not installed.
 */
export function planUpdate(memory: UpdateMemory, event: UpdateEvent): UpdateStep {
  const stay: UpdateStep = { memory, commands: [] }
  if (memory.shown.kind === 'off' || memory.shown.kind === 'restarting') return stay
  switch (event.kind) {
    case 'timerFired':
    case 'checkAsked':
      return memory.shown.kind === 'waiting' ? check(memory) : stay
    case 'checked':
      if (event.attempt !== memory.attempt || memory.shown.kind !== 'checking') return stay
      return event.newVersion === null
        ? wait(memory, null, CHECK_INTERVAL_MS)
        : take(memory, event.newVersion)
    case 'downloaded':
      if (event.attempt !== memory.attempt || memory.shown.kind !== 'downloading') return stay
      return {
        memory: { ...memory, shown: { kind: 'ready', version: memory.shown.version } },
        commands: [{ kind: 'setInstallOnQuit', isWanted: true }],
      }
    case 'failed':
      if (event.attempt !== memory.attempt || !isUnderWay(memory)) return stay
      return wait(memory, event.problem, RETRY_MS)
    case 'callChanged':
      return event.isInCall === memory.isInCall ? stay : changeCall(memory, event.isInCall)
    case 'channelChanged':
      return event.channel === memory.channel ? stay : changeChannel(memory, event.channel)
    case 'restartAsked':
      if (memory.shown.kind !== 'ready' || memory.isInCall) return stay
      return {
        memory: { ...memory, shown: { kind: 'restarting', version: memory.shown.version } },
        commands: [{ kind: 'quitAndInstall' }],
      }
  }
}

const isUnderWay = ({ shown }: UpdateMemory): boolean =>
  shown.kind === 'checking' || shown.kind === 'downloading'

function wait(memory: UpdateMemory, lastProblem: string | null, delayMs: number): UpdateStep {
  return {
    memory: { ...memory, shown: { kind: 'waiting', lastProblem } },
    commands: [{ kind: 'setTimer', delayMs }],
  }
}

/** Looks now, or when the call is over. */
function check(memory: UpdateMemory): UpdateStep {
  if (memory.isInCall) return { memory, commands: [{ kind: 'setTimer', delayMs: RETRY_MS }] }
  const attempt = memory.attempt + 1
  return {
    memory: { ...memory, attempt, shown: { kind: 'checking' } },
    commands: [{ kind: 'check', channel: memory.channel, attempt }],
  }
}

/** Downloads now, or when the call is over. */
function take(memory: UpdateMemory, version: string): UpdateStep {
  if (memory.isInCall) return { memory: { ...memory, shown: { kind: 'held', version } }, commands: [] }
  const attempt = memory.attempt + 1
  return {
    memory: { ...memory, attempt, shown: { kind: 'downloading', version } },
    commands: [{ kind: 'download', attempt }],
  }
}

function changeCall(before: UpdateMemory, isInCall: boolean): UpdateStep {
  const memory = { ...before, isInCall }
  const { shown } = memory
  if (isInCall && shown.kind === 'downloading') {
    return {
      memory: { ...memory, shown: { kind: 'held', version: shown.version } },
      commands: [{ kind: 'cancelDownload' }],
    }
  }
  return !isInCall && shown.kind === 'held' ? take(memory, shown.version) : { memory, commands: [] }
}

/** What is known is of another channel: it is dropped, and looked for anew. */
function changeChannel(before: UpdateMemory, channel: UpdateChannel): UpdateStep {
  const dropped: UpdateCommand[] =
    before.shown.kind === 'downloading'
      ? [{ kind: 'cancelDownload' }]
      : before.shown.kind === 'ready'
        ? [{ kind: 'setInstallOnQuit', isWanted: false }]
        : []
  const step = check({ ...before, channel, shown: { kind: 'waiting', lastProblem: null } })
  return { memory: step.memory, commands: [...dropped, ...step.commands] }
}
