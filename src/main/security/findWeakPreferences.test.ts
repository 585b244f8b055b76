import type { WebContents } from 'electron'
import { expect, test } from 'vitest'
import { webPreferences } from '../window/webPreferences.ts'
import { findWeakPreferences, readPreferences, refusePreferences } from './findWeakPreferences.ts'

test('the app’s own window has none', () => {
  expect(findWeakPreferences(webPreferences('/preload.cjs'))).toEqual([])
})

test.each([
  ['sandbox', { sandbox: false }],
  ['contextIsolation', { contextIsolation: false }],
  ['nodeIntegration', { nodeIntegration: true }],
  ['nodeIntegrationInWorker', { nodeIntegrationInWorker: true }],
  ['nodeIntegrationInSubFrames', { nodeIntegrationInSubFrames: true }],
  ['webSecurity', { webSecurity: false }],
  ['allowRunningInsecureContent', { allowRunningInsecureContent: true }],
  ['experimentalFeatures', { experimentalFeatures: true }],
  ['enableBlinkFeatures', { enableBlinkFeatures: 'Portals' }],
  ['webviewTag', { webviewTag: true }],
  ['navigateOnDragDrop', { navigateOnDragDrop: true }],
])('%s is found', (name, change) => {
  expect(findWeakPreferences({ ...webPreferences('/preload.cjs'), ...change })).toEqual([name])
})

test('what is left unsaid is as Electron has it', () => {
  expect(findWeakPreferences({})).toEqual([])
})

test('they are read back from the window, where it tells them', () => {
  const preferences = { sandbox: true, nodeIntegration: true }
  const telling = { getLastWebPreferences: () => preferences }
  expect(readPreferences(telling as unknown as WebContents)).toBe(preferences)
  for (const silent of [{}, { getLastWebPreferences: () => null }])
    expect(readPreferences(silent as unknown as WebContents)).toBeNull()
})

test('a window is refused for weak preferences, and in an installed app also for silent ones', () => {
  const safe = webPreferences('/preload.cjs')
  for (const isPackaged of [true, false]) {
    expect(refusePreferences(safe, isPackaged)).toBeNull()
    expect(refusePreferences({ ...safe, sandbox: false, webviewTag: true }, isPackaged)).toMatch(
      /sandbox, webviewTag$/,
    )
  }
  expect(refusePreferences(null, true)).toMatch(/could not be read back/)
  expect(refusePreferences(null, false)).toBeNull()
})
