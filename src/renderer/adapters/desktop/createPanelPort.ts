import type { DesktopApi } from '../../../shared/ipc/desktopApi.ts'
import type { PanelPort } from '../../core/ports/panel.ts'

/** What the settings panel asks of the main process. A request that fails reads as no answer; the main process has logged why. */
export function createPanelPort(desktop: DesktopApi): PanelPort {
  return {
    backendChoice: () => valueOf(desktop.backend.choice()),
    turnToBackend: (wanted) => valueOf(desktop.backend.use(wanted)),
    resetSettings: async () => (await desktop.settings.reset()).ok,
    storage: () => valueOf(desktop.storage.figures()),
    showFolder: async (folder) => (await desktop.storage.show({ folder })).ok,
    films: () => valueOf(desktop.recordings.list()),
    deleteFilm: async (name) => (await valueOf(desktop.recordings.delete({ name }))) ?? 'failed',
    showFilm: async (name) => (await desktop.recordings.show({ name })).ok,
    facts: () => valueOf(desktop.app.facts()),
    licences: () => valueOf(desktop.app.licences()),
    logTail: async () => (await valueOf(desktop.app.logTail()))?.lines ?? [],
  }
}

type Answer<T> = Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false }>

async function valueOf<T>(asked: Answer<T>): Promise<T | null> {
  const answer = await asked
  return answer.ok ? answer.value : null
}
