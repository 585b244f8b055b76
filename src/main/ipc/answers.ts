import { app, shell, systemPreferences } from 'electron'
import type { AppInfo, MediaAccess } from '../../shared/ipc/contract.ts'
import { err, ok } from '../../shared/result.ts'
import type { BackendSupervisor } from '../backend/backendSupervisor.ts'
import type { MainLog } from '../log/mainLog.ts'
import type { SessionStore } from '../session/sessionStore.ts'
import type { SettingsStore } from '../settings/settingsStore.ts'
import type { Answers } from './createIpcHandler.ts'
import { sendEvent } from './registerIpc.ts'

interface Dependencies {
  readonly profile: string
  readonly backend: Pick<BackendSupervisor, 'connection' | 'retry'>
  readonly settings: SettingsStore
  readonly session: SessionStore
  readonly log: MainLog
  /** Milliseconds since the process started. */
  readonly sinceStartMs: () => number
  readonly onThemeChanged: (theme: 'system' | 'light' | 'dark') => void
}

/** What the main process answers to each request of the contract. */
export function createAnswers(deps: Dependencies): Answers {
  const { backend, settings, session, log } = deps
  return {
    'app:info': () => ok(describeApp(deps.profile)),

    'backend:connection': () => ok(backend.connection()),
    'backend:retry': () => ok(backend.retry()),

    'settings:get': () => ok(settings.snapshot()),
    'settings:update': (patch) => {
      const snapshot = settings.update(patch)
      deps.onThemeChanged(snapshot.settings.theme)
      sendEvent('settings:changed', snapshot)
      return ok(snapshot)
    },

    'session:load': ({ key }) => ok(session.load(key)),
    'session:save': ({ key, value }) => saving(() => session.save(key, value)),
    'session:clear': ({ key }) => saving(() => session.clear(key)),

    'media:access': () => ok({ camera: mediaAccess('camera'), microphone: mediaAccess('microphone') }),
    'media:request': async ({ kind }) => {
      if (process.platform === 'darwin') await systemPreferences.askForMediaAccess(kind)
      return ok(mediaAccess(kind))
    },

    'shell:openExternal': async ({ url }) => {
      try {
        await shell.openExternal(url)
        return ok(undefined)
      } catch {
        log.warn('shell: the system could not open a page')
        return err({ kind: 'failed', message: 'The system could not open the page in a browser.' })
      }
    },

    'lifecycle:lobbyShown': () => {
      log.info(`lobby shown after ${Math.round(deps.sinceStartMs())} ms`)
      return ok(undefined)
    },
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

function describeApp(profile: string): AppInfo {
  const { platform } = process
  return {
    name: 'Studyhall',
    version: app.getVersion(),
    platform: platform === 'darwin' || platform === 'linux' || platform === 'win32' ? platform : 'other',
    profile,
    locale: app.getLocale(),
    chromium: process.versions.chrome ?? 'unknown',
  }
}

/** Linux has no gate of its own: what the device files allow shows when a device is opened. */
function mediaAccess(kind: 'camera' | 'microphone'): MediaAccess {
  if (process.platform !== 'darwin' && process.platform !== 'win32') return 'granted'
  return systemPreferences.getMediaAccessStatus(kind)
}
