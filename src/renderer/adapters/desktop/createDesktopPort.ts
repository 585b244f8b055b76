import type { BackendConnection } from '../../../shared/ipc/contract.ts'
import type { DesktopApi } from '../../../shared/ipc/desktopApi.ts'
import type { UpdateState } from '../../../shared/updates/updateState.ts'
import type { DesktopPort } from '../../core/ports/desktop.ts'
import { watchDesktop } from './watchDesktop.ts'

declare global {
  interface Window {
    /** Put there by the preload. */
    readonly desktop: DesktopApi
  }
}

/**
 * `window.desktop` as the app's port. A request that fails reads as "not there": the main process has logged why, and each
 * caller has something sensible to do without the answer.
 */
export function createDesktopPort(desktop: DesktopApi): DesktopPort {
  return {
    watchBackend: (listener) =>
      watchDesktop<BackendConnection>(
        desktop.backend.onChanged,
        desktop.backend.connection,
        listener,
        (message) => ({
          kind: 'failed',
          failure: { kind: 'no_answer', message },
        }),
      ),
    async retryBackend() {
      await desktop.backend.retry()
    },
    watchSettings: (listener) =>
      watchDesktop(desktop.settings.onChanged, desktop.settings.get, listener, async () => {
        // The schema is only fetched in this rare case; the first paint goes without it.
        const { defaultSettings } = await import('../../../shared/settings/settings.ts')
        return { settings: defaultSettings, notice: null }
      }),
    async updateSettings(patch) {
      return (await desktop.settings.update(patch)).ok
    },
    session: {
      async load(key) {
        const answer = await desktop.session.load({ key })
        return answer.ok ? answer.value : null
      },
      async save(key, value) {
        await desktop.session.save({ key, value })
      },
      async clear(key) {
        await desktop.session.clear({ key })
      },
    },
    async openOutside(url) {
      return (await desktop.links.openOutside({ url })).ok
    },
    async openPrivacyPage(page) {
      return (await desktop.privacyPage.open({ page })).ok
    },
    watchUpdates: (listener) =>
      watchDesktop<UpdateState>(desktop.updates.onChanged, desktop.updates.state, listener, () => ({
        kind: 'off',
      })),
    checkForUpdates() {
      void desktop.updates.check()
    },
    restartToUpdate() {
      void desktop.updates.restart()
    },
    reportCall(isInCall) {
      void desktop.lifecycle.callChanged({ isInCall })
    },
    screens: {
      async means() {
        const answer = await desktop.screenShare.means()
        return answer.ok ? answer.value : null
      },
      async list() {
        const answer = await desktop.screenShare.sources()
        return answer.ok ? answer.value : null
      },
      choose: async (choice) => (await desktop.screenShare.choose(choice)).ok,
      openPermissions: async () => (await desktop.screenShare.openPermissions()).ok,
    },
    reportLobbyShown() {
      void desktop.lifecycle.lobbyShown()
    },
  }
}
