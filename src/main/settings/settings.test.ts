import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { defaultSettings } from '../../shared/settings/settings.ts'
import { parseSettings } from './parseSettings.ts'
import { openSettingsStore } from './settingsStore.ts'

describe('parseSettings', () => {
  test('reads what was written', () => {
    const settings = { ...defaultSettings, theme: 'dark' as const, displayName: 'Ada' }
    expect(parseSettings(JSON.stringify(settings))).toEqual({ kind: 'valid', settings, migrated: false })
  })

  test('a setting that the file does not have yet starts with its default', () => {
    expect(parseSettings('{"version":2,"theme":"light"}')).toEqual({
      kind: 'valid',
      settings: { ...defaultSettings, theme: 'light' },
      migrated: false,
    })
  })

  test('a file of version 1 keeps all that it says, and gets the rest', () => {
    const first = {
      version: 1,
      theme: 'dark',
      language: 'de',
      devices: { cameraId: 'cam', microphoneId: null, speakerId: 'ear' },
      effects: { background: 'blur', noiseSuppression: 'strong' },
      deviceOrder: { cameras: ['cam'], microphones: [], speakers: ['ear'] },
      joinMuted: true,
      joinCameraOff: true,
      videoQuality: '480p',
      receiveVideo: false,
      displayName: 'Ada',
    }
    expect(parseSettings(JSON.stringify(first))).toEqual({
      kind: 'valid',
      settings: { ...defaultSettings, ...first, version: 2 },
      migrated: true,
    })
  })

  test('a file of version 1 that is damaged stays damaged', () => {
    expect(parseSettings('{"version":1,"theme":"sepia"}')).toEqual({ kind: 'corrupt' })
  })

  test('older files go through every migration in turn', () => {
    const steps = {
      1: ({ dark }: Readonly<Record<string, unknown>>) => ({ colours: dark === true ? 'dark' : 'light' }),
      2: ({ colours }: Readonly<Record<string, unknown>>) => ({ theme: colours }),
    }
    expect(parseSettings('{"version":1,"dark":true}', steps, 3)).toMatchObject({
      kind: 'valid',
      settings: { theme: 'dark' },
      migrated: true,
    })
  })

  test('a file of a newer version is told from a damaged one', () => {
    expect(parseSettings('{"version":99}')).toEqual({ kind: 'newer', version: 99 })
  })

  test('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(['valid', 'corrupt', 'newer']).toContain(parseSettings(text).kind)
      }),
    )
  })
})

describe('openSettingsStore', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'studyhall-settings-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const now = (): Date => new Date('2026-01-02T03:04:05.678Z')

  test('a fresh profile has the defaults and no notice', () => {
    expect(openSettingsStore(folder).snapshot()).toEqual({ settings: defaultSettings, notice: null })
  })

  test('changes are there at the next start, and leave the rest alone', () => {
    const store = openSettingsStore(folder)
    store.update({ theme: 'dark' })
    store.update({ devices: { cameraId: 'cam' } })
    store.update({ shortcuts: { mute: 'Control+Shift+M' } })
    expect(openSettingsStore(folder).snapshot().settings).toEqual({
      ...defaultSettings,
      theme: 'dark',
      devices: { ...defaultSettings.devices, cameraId: 'cam' },
      shortcuts: { ...defaultSettings.shortcuts, mute: 'Control+Shift+M' },
    })
  })

  test('a reset leaves nothing but the name', () => {
    const store = openSettingsStore(folder)
    store.update({ theme: 'dark', displayName: 'Ada', shortcuts: { mute: 'F9' } })
    store.reset()
    expect(openSettingsStore(folder).snapshot().settings).toEqual({ ...defaultSettings, displayName: 'Ada' })
  })

  test.each([
    ['not JSON', '{"theme":'],
    ['not an object', '[]'],
    ['no version', '{"theme":"dark"}'],
    ['a value out of its range', '{"version":1,"theme":"pink"}'],
    ['empty', ''],
  ])('a damaged file (%s) is kept aside and told of', (_what, content) => {
    writeFileSync(join(folder, 'settings.json'), content)
    const { settings, notice } = openSettingsStore(folder, now).snapshot()
    const kept = 'settings.corrupt-2026-01-02T03-04-05-678Z.json'
    expect(settings).toEqual(defaultSettings)
    expect(notice).toMatchObject({ kind: 'corrupt_file_kept', keptAs: kept })
    expect(readFileSync(join(folder, kept), 'utf8')).toBe(content)
    expect(readdirSync(folder)).toEqual([kept])
  })

  test('a file of a newer Studyhall is kept aside too', () => {
    writeFileSync(join(folder, 'settings.json'), '{"version":99,"theme":"sepia"}')
    expect(openSettingsStore(folder, now).snapshot().notice).toMatchObject({ kind: 'newer_file_kept' })
    expect(readdirSync(folder)).toEqual(['settings.newer-2026-01-02T03-04-05-678Z.json'])
  })

  test('what cannot be saved still holds, and is told', () => {
    const store = openSettingsStore(join(folder, 'gone'))
    expect(store.update({ theme: 'dark' })).toMatchObject({
      settings: { theme: 'dark' },
      notice: { kind: 'not_saved' },
    })
  })
})
