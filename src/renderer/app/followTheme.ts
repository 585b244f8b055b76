import type { SettingsStore } from '../stores/settingsStore.ts'

/** Forces the look that the person chose; without a choice the system decides. */
export function followTheme(settings: SettingsStore): void {
  const apply = () => {
    const theme = settings.store.getState().settings?.theme ?? 'system'
    if (theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
  }
  settings.store.subscribe(apply)
  apply()
}
