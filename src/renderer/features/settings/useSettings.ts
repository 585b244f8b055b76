import { useStore } from 'zustand'
import { defaultSettings, type Settings, type SettingsPatch } from '../../../shared/settings/settings.ts'
import { useApp } from '../../stores/services.ts'

/** The settings as they are, and how to change them. */
export function useSettings(): readonly [Settings, (patch: SettingsPatch) => void] {
  const { settings } = useApp()
  return [useStore(settings.store, (state) => state.settings ?? defaultSettings), settings.update]
}
