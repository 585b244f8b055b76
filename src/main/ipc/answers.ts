import type { IpcFailure, SettingsSnapshot } from '../../shared/ipc/contract.ts'
import type { PrivacyPage } from '../../shared/ipc/privacyPage.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Settings } from '../../shared/settings/settings.ts'
import type { BackendSupervisor } from '../backend/backendSupervisor.ts'
import type { CallPresence } from '../call/callPresence.ts'
import type { Desk } from '../desk/openDesk.ts'
import type { MainLog } from '../log/mainLog.ts'
import type { MachineSampler } from '../machine/createMachineSampler.ts'
import type { Recordings } from '../recordings/createRecordings.ts'
import type { Films } from '../recordings/openFilms.ts'
import type { ScreenShare } from '../screenShare/createScreenShare.ts'
import type { SessionStore } from '../session/sessionStore.ts'
import type { SettingsStore } from '../settings/settingsStore.ts'
import type { CompactWindow } from '../window/compactWindow.ts'
import type { Updater } from '../updates/createUpdater.ts'
import type { Answers } from './createIpcHandler.ts'
import type { Nearby } from '../nearby/openNearby.ts'
import { createPanelAnswers, type PanelDependencies } from './panelAnswers.ts'
import { sendEvent } from './registerIpc.ts'

interface Dependencies {
  readonly backend: Pick<BackendSupervisor, 'connection' | 'retry'>
  readonly settings: SettingsStore
  readonly session: SessionStore
  readonly machine: Pick<MachineSampler, 'watch' | 'unwatch'>
  readonly updater: Updater
  readonly recordings: Pick<Recordings, 'open' | 'append' | 'close'>
  readonly films: Pick<Films, 'show'>
  readonly call: Pick<CallPresence, 'handle'>
  readonly screenShare: Pick<ScreenShare, 'means' | 'sources' | 'choose' | 'openPermissions'>
  readonly compact: Pick<CompactWindow, 'set'>
  readonly log: MainLog
  /** Milliseconds since the process started. */
  readonly sinceStartMs: () => number
  /** Hands an address to the system's browser. */
  readonly openOutside: (url: string) => Promise<void>
  /** Opens a page of the system's settings; false where there is none. */
  readonly openPrivacyPage: (page: PrivacyPage) => Promise<boolean>
  readonly onSettingsChanged: (settings: Settings) => void
  readonly panel: PanelDependencies
  readonly desk: Desk['answers']
  readonly nearby: Nearby['answers']
}

/** What the main process answers to each request of the contract. */
export function createAnswers(deps: Dependencies): Answers {
  const { backend, settings, session, machine, screenShare, updater, log } = deps
  const tell = (snapshot: SettingsSnapshot): ReturnType<Answers['settings:reset']> => {
    deps.onSettingsChanged(snapshot.settings)
    updater.handleChannel(snapshot.settings.updates.channel)
    sendEvent('settings:changed', snapshot)
    return ok(snapshot)
  }
  return {
    ...createPanelAnswers(deps.panel),
    ...deps.desk,
    ...deps.nearby,

    'backend:connection': () => ok(backend.connection()),
    'backend:retry': () => ok(backend.retry()),

    'settings:get': () => ok(settings.snapshot()),
    'settings:update': (patch) => tell(settings.update(patch)),
    'settings:reset': () => tell(settings.reset()),

    'session:load': ({ key }) => ok(session.load(key)),
    'session:save': ({ key, value }) => saving(() => session.save(key, value)),
    'session:clear': ({ key }) => saving(() => session.clear(key)),

    'links:openOutside': async ({ url }) => {
      try {
        await deps.openOutside(url)
        return ok(undefined)
      } catch {
        return err({ kind: 'failed', message: 'Your system did not open it.' })
      }
    },

    async 'privacyPage:open'({ page }) {
      try {
        const isOpen = await deps.openPrivacyPage(page)
        return isOpen ? ok(undefined) : failed('This system has no page for that.')
      } catch (error) {
        log.warn(`privacy page: ${page} could not be opened: ${String(error)}`)
        return failed('Your system did not open it.')
      }
    },

    'lifecycle:lobbyShown': () => {
      log.info(`lobby shown after ${Math.round(deps.sinceStartMs())} ms`)
      return ok(undefined)
    },

    'machine:watch': () => ok(machine.watch()),
    'machine:unwatch': () => {
      machine.unwatch()
      return ok(undefined)
    },
    'lifecycle:callChanged': ({ isInCall }) => {
      deps.call.handle(isInCall)
      return ok(undefined)
    },

    'window:setCompact': ({ isCompact }) => ok(deps.compact.set(isCompact)),

    'updates:state': () => ok(updater.state()),
    'updates:check': () => ok(updater.check()),
    'updates:restart': () => ok(updater.restart()),
    'recordings:open': async (room) => ok(await deps.recordings.open(room)),
    'recordings:append': async (piece) => ok(await deps.recordings.append(piece)),
    'recordings:close': async ({ fileId }) => ok(await deps.recordings.close(fileId)),
    async 'recordings:show'({ name }) {
      const isShown = await deps.films.show(name)
      return isShown ? ok(undefined) : failed('That recording is not there any more.')
    },
    'screenShare:means': () => ok(screenShare.means()),
    async 'screenShare:sources'() {
      const sources = await screenShare.sources()
      return sources === null ? failed('The system itself asks what to share.') : ok([...sources])
    },
    'screenShare:choose': (choice) =>
      screenShare.choose(choice) ? ok(undefined) : failed('That is not there to be shared any more.'),
    async 'screenShare:openPermissions'() {
      const isOpen = await screenShare.openPermissions()
      return isOpen ? ok(undefined) : failed('This system has no page for that.')
    },
  }

  function failed(message: string): Result<never, IpcFailure> {
    return err({ kind: 'failed', message })
  }

  function saving(write: () => void): ReturnType<Answers['session:clear']> {
    try {
      write()
      return ok(undefined)
    } catch {
      log.error('session: it could not be saved')
      return err({
        kind: 'failed',
        message: 'Signing in could not be remembered: the data folder cannot be written.',
      })
    }
  }
}
