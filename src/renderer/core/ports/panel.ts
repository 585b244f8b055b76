import type { UseBackendOutcome } from '../../../shared/backend/hostedOutcome.ts'
import type { DeletionOutcome, Film } from '../../../shared/ipc/recordings.ts'
import type {
  AppFacts,
  BackendChoiceSnapshot,
  Licences,
  StorageFigures,
} from '../../../shared/ipc/settingsPanel.ts'

export type WantedBackend =
  { readonly kind: 'embedded' } | { readonly kind: 'hosted'; readonly url: string; readonly key: string }

/** What the settings panel asks of the main process. Null: it did not answer. */
export interface PanelPort {
  backendChoice(): Promise<BackendChoiceSnapshot | null>
  /** After `used` the page is to be loaded anew. */
  turnToBackend(wanted: WantedBackend): Promise<UseBackendOutcome | null>
  /** False when it could not be done. */
  resetSettings(): Promise<boolean>
  storage(): Promise<StorageFigures | null>
  /** False when the system has nothing to show it with. */
  showFolder(folder: 'data' | 'profile' | 'logs' | 'recordings'): Promise<boolean>
  /** The recordings that are there, the latest first. */
  films(): Promise<readonly Film[] | null>
  /** Deletes a recording for good. */
  deleteFilm(name: string): Promise<DeletionOutcome>
  /** Shows one in the system's file manager; false where that did not work. */
  showFilm(name: string): Promise<boolean>
  facts(): Promise<AppFacts | null>
  licences(): Promise<Licences | null>
  logTail(): Promise<readonly string[]>
}
