import { expect, test, vi } from 'vitest'
import { createFakeScreens } from '../../../test/support/fakes/fakeScreens.ts'
import type { SettingsSnapshot } from '../../shared/ipc/contract.ts'
import { defaultSettings, type SettingsPatch } from '../../shared/settings/settings.ts'
import type { DesktopPort } from '../core/ports/desktop.ts'
import { createSettingsStore } from './settingsStore.ts'

function openSettings(canSave = true) {
  let tell: (snapshot: SettingsSnapshot) => void = () => undefined
  const saved: SettingsPatch[] = []
  const desktop: DesktopPort = {
    watchBackend: () => () => undefined,
    retryBackend: () => Promise.resolve(),
    watchSettings: (listener) => {
      tell = listener
      return () => undefined
    },
    updateSettings: (patch) => {
      saved.push(patch)
      return Promise.resolve(canSave)
    },
    session: {
      load: () => Promise.resolve(null),
      save: () => Promise.resolve(),
      clear: () => Promise.resolve(),
    },
    openOutside: () => Promise.resolve(false),
    openPrivacyPage: () => Promise.resolve(false),
    watchUpdates: () => () => undefined,
    checkForUpdates: () => undefined,
    restartToUpdate: () => undefined,
    reportCall: () => undefined,
    screens: createFakeScreens(),
    reportLobbyShown: () => undefined,
  }
  const settings = createSettingsStore(desktop)
  tell({ settings: defaultSettings, notice: null })
  return { settings, saved, tell: (snapshot: SettingsSnapshot) => tell(snapshot) }
}

test('a change shows at once and leaves the rest as it was', () => {
  const { settings, saved } = openSettings()
  settings.update({ theme: 'dark', devices: { cameraId: 'c1' } })
  expect(settings.store.getState().settings).toEqual({
    ...defaultSettings,
    theme: 'dark',
    devices: { cameraId: 'c1', microphoneId: null, speakerId: null },
  })
  expect(saved).toEqual([{ theme: 'dark', devices: { cameraId: 'c1' } }])
})

test('a change that cannot be saved is said', async () => {
  const { settings } = openSettings(false)
  settings.update({ theme: 'dark' })
  await vi.waitFor(() => expect(settings.store.getState().notice?.kind).toBe('not_saved'))
})

test('a notice that was dismissed is not said again', () => {
  const { settings, tell } = openSettings()
  const notice = { kind: 'corrupt_file_kept', keptAs: 'settings.corrupt.json', message: '' } as const
  tell({ settings: defaultSettings, notice })
  expect(settings.store.getState().notice).toEqual(notice)
  settings.dismissNotice()
  tell({ settings: defaultSettings, notice })
  expect(settings.store.getState().notice).toBeNull()
})
