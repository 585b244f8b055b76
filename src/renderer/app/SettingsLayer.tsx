import { useEffect } from 'react'
import { useStore } from 'zustand'
import { useApp } from '../stores/services.ts'
import { createLazyPart } from '../ui/createLazyPart.tsx'

/** The settings' code comes when somebody opens them, or when the app has nothing better to do. */
const settingsPart = createLazyPart(async () => (await import('./SettingsPart.tsx')).SettingsPart)
const cheatSheetPart = createLazyPart(
  async () => (await import('../features/settings/CheatSheet.tsx')).CheatSheet,
)

/** What may stand over any screen: the settings, and the list of keys. A call goes on beneath. */
export function SettingsLayer() {
  const { settingsPanel, keys } = useApp()
  const panel = useStore(settingsPanel.store)
  const isCheatSheetOpen = useStore(keys.store, (state) => state.isCheatSheetOpen)
  useEffect(() => {
    const idle = requestIdleCallback(() => settingsPart.prefetch(), { timeout: 10_000 })
    return () => cancelIdleCallback(idle)
  }, [])
  return (
    <>
      {panel.kind === 'open' ? <settingsPart.Part fallback={null} with={{ section: panel.section }} /> : null}
      {isCheatSheetOpen ? <cheatSheetPart.Part fallback={null} with={{}} /> : null}
    </>
  )
}
