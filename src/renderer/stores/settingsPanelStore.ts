import { createStore } from 'zustand/vanilla'
import type { ReadableStore } from '../controllers/contracts.ts'

/** The sections of the settings, in their order. */
export const settingsSections = [
  'profile',
  'devices',
  'quality',
  'appearance',
  'notifications',
  'shortcuts',
  'startUp',
  'privacy',
  'backend',
  'storage',
  'about',
] as const
export type SettingsSection = (typeof settingsSections)[number]

/** Whether the settings stand over the screen, and which section is shown. */
export type SettingsPanelState =
  { readonly kind: 'closed' } | { readonly kind: 'open'; readonly section: SettingsSection }

export interface SettingsPanelStore {
  readonly store: ReadableStore<SettingsPanelState>
  /** Without a section: the one that was shown last. */
  open(section?: SettingsSection): void
  close(): void
}

export function createSettingsPanelStore(): SettingsPanelStore {
  const store = createStore<SettingsPanelState>(() => ({ kind: 'closed' }))
  let last: SettingsSection = 'devices'
  return {
    store,
    open(section = last) {
      last = section
      store.setState({ kind: 'open', section }, true)
    },
    close: () => store.setState({ kind: 'closed' }, true),
  }
}
