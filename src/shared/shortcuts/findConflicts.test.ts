import { describe, expect, test } from 'vitest'
import { defaultSettings } from '../settings/settings.ts'
import { findConflicts, findTalkKeyConflict } from './findConflicts.ts'
import type { ChosenShortcuts } from './shortcutActions.ts'

const chosen = (fields: Partial<ChosenShortcuts>): ChosenShortcuts => ({
  ...defaultSettings.shortcuts,
  ...fields,
})

describe('findConflicts', () => {
  test('nothing chosen, nothing wrong', () => {
    expect(findConflicts(chosen({}), 'linux')).toEqual({})
  })

  test.each([
    ['Control+Shift+M', null],
    ['F9', null],
    ['Alt+Q', null],
    // "Leave" in the window and everywhere by the same keys.
    ['Control+Shift+H', null],
    ['M', { kind: 'types' }],
    ['Shift+M', { kind: 'types' }],
    ['Control+C', { kind: 'system' }],
    ['Alt+F4', { kind: 'system' }],
    ['Control+,', { kind: 'window', action: 'settings' }],
    ['Control+Nonsense', { kind: 'unreadable' }],
  ] as const)('%s: %j', (mute, conflict) => {
    expect(findConflicts(chosen({ mute }), 'linux').mute ?? null).toEqual(conflict)
  })

  test('Command+M is the Mac’s, and free elsewhere', () => {
    expect(findConflicts(chosen({ mute: 'Super+M' }), 'darwin')).toEqual({ mute: { kind: 'system' } })
    expect(findConflicts(chosen({ mute: 'Super+M' }), 'linux')).toEqual({})
  })

  test('two actions on the same keys name each other, however they are written', () => {
    expect(findConflicts(chosen({ mute: 'Alt+Shift+M', show: 'shift+alt+m' }), 'linux')).toEqual({
      mute: { kind: 'twice', with: 'show' },
      show: { kind: 'twice', with: 'mute' },
    })
  })

  test('what the system refused is told', () => {
    const shortcuts = chosen({ mute: 'Alt+Shift+M', camera: 'Alt+Shift+V' })
    expect(findConflicts(shortcuts, 'linux', { mute: 'taken', camera: 'active' })).toEqual({
      mute: { kind: 'taken' },
    })
  })
})

test.each([
  [{ talkMode: 'pushToTalk', talkKey: 'KeyM' }, 'mute'],
  [{ talkMode: 'pushToMute', talkKey: 'KeyV' }, 'camera'],
  [{ talkMode: 'off', talkKey: 'KeyM' }, null],
  [{ talkMode: 'pushToTalk', talkKey: 'KeyM', singleKeys: false }, null],
  [{ talkMode: 'pushToTalk', talkKey: 'Space' }, null],
] as const)('the key to talk with %j takes away %j', (fields, action) => {
  expect(findTalkKeyConflict(chosen(fields), 'linux')).toBe(action)
})
