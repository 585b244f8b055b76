import type { AppFacts } from '../../shared/ipc/settingsPanel.ts'
import { err, ok } from '../../shared/result.ts'
import type { BackendSwitch } from '../backend/backendSwitch.ts'
import { readLicences } from '../diagnostics/readLicences.ts'
import { readLogTail } from '../diagnostics/readLogTail.ts'
import type { PersonTraces } from '../diagnostics/redactPerson.ts'
import type { DataFolders } from '../profile/dataFolders.ts'
import type { Shortcuts } from '../shortcuts/openShortcuts.ts'
import type { Films } from '../recordings/openFilms.ts'
import { readStorage } from '../storage/readStorage.ts'
import type { Answers } from './createIpcHandler.ts'

export interface PanelDependencies {
  readonly backend: Pick<BackendSwitch, 'choice' | 'use'>
  readonly shortcuts: Pick<Shortcuts, 'states' | 'setRecording'>
  readonly folders: DataFolders
  readonly films: Pick<Films, 'folder' | 'figures' | 'list' | 'delete'>
  /** Shows a folder in the system's file manager; resolves to '' or what went wrong, as Electron's `shell.openPath`. */
  readonly openFolder: (folder: string) => Promise<string>
  readonly facts: () => AppFacts
  /** Where the licences lie. */
  readonly licences: { readonly folder: string; readonly isPackaged: boolean }
  readonly traces: () => PersonTraces
}

type PanelRequest =
  | 'backend:choice'
  | 'backend:use'
  | 'shortcuts:states'
  | 'shortcuts:setRecording'
  | 'storage:figures'
  | 'storage:show'
  | 'recordings:list'
  | 'recordings:delete'
  | 'app:facts'
  | 'app:licences'
  | 'app:logTail'

/** What the settings panel is answered. */
export function createPanelAnswers(deps: PanelDependencies): Pick<Answers, PanelRequest> {
  const { backend, shortcuts, folders } = deps
  return {
    'backend:choice': () => ok(backend.choice()),
    'backend:use': async (wanted) => ok(await backend.use(wanted)),

    'shortcuts:states': () => ok(shortcuts.states()),
    'shortcuts:setRecording': ({ isRecording }) => {
      shortcuts.setRecording(isRecording)
      return ok(undefined)
    },

    'storage:figures': async () => ok(await readStorage(folders, await deps.films.figures())),
    'storage:show': async ({ folder }) => {
      // SECURITY: one of four known folders; a path never comes from the page.
      const path = folder === 'recordings' ? deps.films.folder() : folders[folder]
      const problem = await deps.openFolder(path)
      return problem === ''
        ? ok(undefined)
        : err({ kind: 'failed', message: 'The folder could not be shown.' })
    },

    'recordings:list': async () => {
      const films = await deps.films.list()
      return films === null ? err({ kind: 'failed', message: 'The folder could not be read.' }) : ok(films)
    },
    'recordings:delete': async ({ name }) => ok(await deps.films.delete(name)),

    'app:facts': () => ok(deps.facts()),
    'app:licences': async () => ok(await readLicences(deps.licences.folder, deps.licences.isPackaged)),
    'app:logTail': async () => ok({ lines: [...(await readLogTail(folders.logs, deps.traces()))] }),
  }
}
