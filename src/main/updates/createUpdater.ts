import type { UpdateChannel, UpdateState } from '../../shared/updates/updateState.ts'
import type { MainLog } from '../log/mainLog.ts'
import {
  beginUpdates,
  planUpdate,
  type UpdateCommand,
  type UpdateEvent,
  type UpdateMemory,
} from './planUpdate.ts'

/** What looks for, downloads and installs updates: electron-updater, or a fake. Rejections are expected failures. */
export interface UpdateSource {
  /** The newer version that the channel has; null when there is none. */
  readonly check: (channel: UpdateChannel) => Promise<string | null>
  /** Downloads what the last check found. A cancelled download rejects. */
  readonly download: () => Promise<void>
  readonly cancelDownload: () => void
  readonly setInstallOnQuit: (isWanted: boolean) => void
}

/** Keeps Studyhall up to date; see `planUpdate` for the rules. */
export interface Updater {
  readonly state: () => UpdateState
  /** Looks now, unless something is under way. */
  readonly check: () => UpdateState
  /** Quits and installs what is ready, unless a call is on. */
  readonly restart: () => UpdateState
  readonly handleCall: (isInCall: boolean) => void
  readonly handleChannel: (channel: UpdateChannel) => void
  readonly dispose: () => void
}

interface Dependencies {
  /** Null where this copy does not update itself. */
  readonly source: UpdateSource | null
  readonly channel: UpdateChannel
  readonly log: MainLog
  readonly onChanged: (state: UpdateState) => void
  /** Ends the app, and then has the update installed and the app opened again. */
  readonly quitAndInstall: () => void
  /** The answer cancels it. */
  readonly setTimer: (callback: () => void, delayMs: number) => () => void
}

/** Runs what `planUpdate` decides. */
export function createUpdater(deps: Dependencies): Updater {
  const { source, log } = deps
  let cancelTimer: () => void = () => undefined
  const begun = beginUpdates(deps.channel, source !== null)
  let memory: UpdateMemory = begun.memory
  for (const command of begun.commands) run(command)

  function handle(event: UpdateEvent): UpdateState {
    const before = memory.shown
    const step = planUpdate(memory, event)
    memory = step.memory
    for (const command of step.commands) run(command)
    if (JSON.stringify(memory.shown) !== JSON.stringify(before)) {
      log.info(`updates: ${memory.shown.kind}${'version' in memory.shown ? ` ${memory.shown.version}` : ''}`)
      deps.onChanged(memory.shown)
    }
    return memory.shown
  }

  function run(command: UpdateCommand): void {
    switch (command.kind) {
      case 'check':
        return attempt(command.attempt, async () => {
          const newVersion = (await source?.check(command.channel)) ?? null
          return { kind: 'checked', attempt: command.attempt, newVersion }
        })
      case 'download':
        return attempt(command.attempt, async () => {
          await source?.download()
          return { kind: 'downloaded', attempt: command.attempt }
        })
      case 'cancelDownload':
        return source?.cancelDownload()
      case 'setInstallOnQuit':
        return source?.setInstallOnQuit(command.isWanted)
      case 'quitAndInstall':
        return deps.quitAndInstall()
      case 'setTimer':
        cancelTimer()
        cancelTimer = deps.setTimer(() => handle({ kind: 'timerFired' }), command.delayMs)
    }
  }

  function attempt(number: number, work: () => Promise<UpdateEvent>): void {
    work().then(handle, (error: unknown) => {
      // The address of a private feed could be in it; the log has a net for that, and people get plain words.
      log.warn(`updates: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
      const problem = 'The update server could not be reached.'
      handle({ kind: 'failed', attempt: number, problem })
    })
  }

  return {
    state: () => memory.shown,
    check: () => handle({ kind: 'checkAsked' }),
    restart: () => handle({ kind: 'restartAsked' }),
    handleCall: (isInCall) => void handle({ kind: 'callChanged', isInCall }),
    handleChannel: (channel) => void handle({ kind: 'channelChanged', channel }),
    dispose: () => cancelTimer(),
  }
}
