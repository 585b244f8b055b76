import type { BackendConnection, SettingsSnapshot } from '../../../shared/ipc/contract.ts'
import type { PrivacyPage } from '../../../shared/ipc/privacyPage.ts'
import type { UpdateState } from '../../../shared/updates/updateState.ts'
import type { ScreenSourcesPort } from './screenShare.ts'
import type { SettingsPatch } from '../../../shared/settings/settings.ts'

/** The system that the app runs on; what it tells people to do differs by it. */
export type Platform = 'darwin' | 'linux' | 'win32' | 'other'

/** The app's own process: its backend, the person's settings and the encrypted session. */
export interface DesktopPort {
  /** Calls back with the state now and with each later one; the answer ends it. */
  watchBackend(listener: (connection: BackendConnection) => void): () => void
  /** Starts a failed backend again; the outcome comes to the listeners. */
  retryBackend(): Promise<void>

  /** Calls back with the settings now and after each change; the answer ends it. */
  watchSettings(listener: (snapshot: SettingsSnapshot) => void): () => void
  /** Changes what the patch names. False when it could not be saved. */
  updateSettings(patch: SettingsPatch): Promise<boolean>

  readonly session: SessionStorage

  /** Opens a page in the system's browser. False when that did not work. */
  openOutside(url: string): Promise<boolean>
  /** Opens the system's page for what a program may do. False: there is none here, or it did not open. */
  openPrivacyPage(page: PrivacyPage): Promise<boolean>
  /** Calls back with what is known of a newer Studyhall, now and with each change; the answer ends it. */
  watchUpdates(listener: (state: UpdateState) => void): () => void
  /** Looks for a newer Studyhall now; what comes of it comes to the listeners. */
  checkForUpdates(): void
  /** Quits, installs what is ready and opens the app again. */
  restartToUpdate(): void
  /** Whether a call is on, or about to be: updates, keys and the window's cross go by it. */
  reportCall(isInCall: boolean): void
  readonly screens: ScreenSourcesPort

  /** The lobby stands and can be used: for the start-up figures. */
  reportLobbyShown(): void
}

/** A small encrypted store for what signs a person in. */
export interface SessionStorage {
  load(key: string): Promise<string | null>
  save(key: string, value: string): Promise<void>
  clear(key: string): Promise<void>
}
