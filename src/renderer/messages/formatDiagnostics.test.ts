import { expect, test } from 'vitest'
import { defaultSettings, type Settings } from '../../shared/settings/settings.ts'
import { formatBytes } from './formatBytes.ts'
import { type Diagnostics, formatDiagnostics } from './formatDiagnostics.ts'

const settings: Settings = {
  ...defaultSettings,
  displayName: 'Ada Lovelace',
  devices: { cameraId: 'camera-of-ada', microphoneId: 'microphone-of-ada', speakerId: null },
  deviceOrder: { cameras: ['camera-of-ada'], microphones: ['microphone-of-ada'], speakers: [] },
  shortcuts: { ...defaultSettings.shortcuts, mute: 'Control+Shift+A' },
}
const diagnostics: Diagnostics = {
  facts: {
    version: '0.1.0',
    electron: '45.4.1',
    chromium: '156.0',
    node: '24.1.0',
    platform: 'linux',
    arch: 'x64',
    systemVersion: '6.1',
    isPackaged: false,
  },
  settings,
  connection: {
    kind: 'ready',
    mode: 'hosted',
    url: 'https://abcdefgh.supabase.co',
    publishableKey: 'sb_publishable_abcdefghijklmnop',
    livekitUrl: 'wss://sfu.example.org',
  },
  shortcuts: {
    actions: { mute: 'active', camera: 'unset', leave: 'unset', show: 'taken' },
    areAssigned: true,
    talk: 'off',
  },
  servers: { mediaServer: 'works', relay: 'silent' },
  logTail: ['2026-01-01 info ready'],
}

test('tells what helps', () => {
  const text = formatDiagnostics(diagnostics)
  for (const line of [
    'studyhall: 0.1.0',
    'chromium: 156.0',
    'backend: hosted',
    'media server: works',
    'relay: silent',
    'devices: camera chosen, microphone chosen, speakers default',
    'shortcuts: mute active, camera unset, leave unset, show taken, assigned by the desktop',
    '2026-01-01 info ready',
  ]) {
    expect(text.split('\n')).toContain(line)
  }
})

test('has no secret in it, and nothing that tells who somebody is', () => {
  expect(formatDiagnostics(diagnostics)).not.toMatch(/ada|lovelace|abcdefgh|sb_|supabase|example|Control\+/i)
})

test('a failure is told by its kind, not by its words, which may name folders', () => {
  const text = formatDiagnostics({
    ...diagnostics,
    connection: { kind: 'failed', failure: { kind: 'disk-full', message: '/home/ada is full' } },
  })
  expect(text).toContain('backend: failed (disk-full)')
  expect(text).not.toContain('/home')
})

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [84_120_000, '84.1 MB'],
  [1_500, '1.5 kB'],
  [2_000_000_000, '2 GB'],
])('%d bytes are %s', (bytes, words) => {
  expect(formatBytes(bytes, 'en')).toBe(words)
})
