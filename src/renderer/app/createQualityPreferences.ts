import type { QualityPreferences } from '../controllers/quality/createQualityController.ts'
import type { SettingsStore } from '../stores/settingsStore.ts'

/** The person's choice of quality, as it stands in their settings. */
export function createQualityPreferences({ store, update }: SettingsStore): QualityPreferences {
  return {
    current: () => store.getState().settings ?? { videoQuality: 'auto', receiveVideo: true },
    update,
    subscribe: (listener) => store.subscribe(listener),
  }
}
