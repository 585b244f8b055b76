import { createStore } from 'zustand/vanilla'
import { mergeSettings } from '../../shared/settings/mergeSettings.ts'
import type { Settings, SettingsNotice, SettingsPatch } from '../../shared/settings/settings.ts'
import type { ReadableStore } from '../controllers/contracts.ts'
import type { DesktopPort } from '../core/ports/desktop.ts'

/** The person's settings; null until the first answer, a few milliseconds after the start. */
export interface SettingsState {
  readonly settings: Settings | null
  /** Something about the settings file to say once; null when there is nothing or it was dismissed. */
  readonly notice: Pick<SettingsNotice, 'kind' | 'keptAs'> | null
}

export interface SettingsStore {
  readonly store: ReadableStore<SettingsState>
  /** Shows at once and is saved behind; a refusal to save comes back as a notice. */
  readonly update: (patch: SettingsPatch) => void
  readonly dismissNotice: () => void
  readonly dispose: () => void
}

/** Follows the settings that the main process keeps. */
export function createSettingsStore(desktop: DesktopPort): SettingsStore {
  const store = createStore<SettingsState>(() => ({ settings: null, notice: null }))
  let dismissed: SettingsNotice['kind'] | null = null
  const end = desktop.watchSettings(({ settings, notice }) => {
    store.setState({ settings, notice: notice?.kind === dismissed ? null : notice })
  })
  const save = async (patch: SettingsPatch) => {
    const isSaved = await desktop.updateSettings(patch)
    if (!isSaved && dismissed !== 'not_saved') store.setState({ notice: { kind: 'not_saved', keptAs: null } })
  }
  return {
    store,
    update(patch) {
      const { settings } = store.getState()
      if (settings !== null) store.setState({ settings: mergeSettings(settings, patch) })
      void save(patch)
    },
    dismissNotice() {
      dismissed = store.getState().notice?.kind ?? dismissed
      store.setState({ notice: null })
    },
    dispose: end,
  }
}
