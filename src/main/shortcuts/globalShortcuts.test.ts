import { describe, expect, test } from 'vitest'
import { defaultSettings } from '../../shared/settings/settings.ts'
import type { ChosenShortcuts } from '../../shared/shortcuts/shortcutActions.ts'
import { createGlobalShortcuts } from './globalShortcuts.ts'

const inCall = { isInCall: true, isRecording: false }
const outside = { isInCall: false, isRecording: false }
const chosen = (fields: Partial<ChosenShortcuts>): ChosenShortcuts => ({
  ...defaultSettings.shortcuts,
  ...fields,
})

function open(takenByOthers: readonly string[] = []) {
  const system = new Map<string, () => void>()
  const calls: string[] = []
  const pressed: string[] = []
  let changes = 0
  const shortcuts = createGlobalShortcuts({
    registry: {
      register: (accelerator, callback) => {
        calls.push(`+${accelerator}`)
        if (takenByOthers.includes(accelerator)) return false
        system.set(accelerator, callback)
        return true
      },
      unregister: (accelerator) => {
        calls.push(`-${accelerator}`)
        system.delete(accelerator)
      },
    },
    platform: 'linux',
    onPressed: (action) => pressed.push(action),
    onChanged: () => {
      changes += 1
    },
  })
  return { shortcuts, system, calls, pressed, changes: () => changes }
}

describe('global shortcuts', () => {
  test('nothing is held that nobody has chosen', () => {
    const { shortcuts, calls, changes } = open()
    shortcuts.apply(chosen({}), inCall)
    expect(calls).toEqual([])
    expect(changes()).toBe(0)
  })

  test('those of a call are held during calls only; "show" always', () => {
    const { shortcuts, system } = open()
    const settings = chosen({ mute: 'Alt+Shift+M', show: 'Alt+Shift+S' })
    shortcuts.apply(settings, outside)
    expect([...system.keys()]).toEqual(['Alt+Shift+S'])
    expect(shortcuts.states()).toMatchObject({ mute: 'waiting', show: 'active' })
    shortcuts.apply(settings, inCall)
    expect([...system.keys()].sort()).toEqual(['Alt+Shift+M', 'Alt+Shift+S'])
    shortcuts.apply(settings, outside)
    expect([...system.keys()]).toEqual(['Alt+Shift+S'])
  })

  test('what stays is not let go of, and what was pressed is told', () => {
    const { shortcuts, system, calls, pressed } = open()
    shortcuts.apply(chosen({ mute: 'Alt+Shift+M' }), inCall)
    shortcuts.apply(chosen({ mute: 'Alt+Shift+M', camera: 'F9' }), inCall)
    expect(calls).toEqual(['+Alt+Shift+M', '+F9'])
    system.get('F9')?.()
    expect(pressed).toEqual(['camera'])
  })

  test('keys that change hands do what they are for now', () => {
    const { shortcuts, system, pressed } = open()
    shortcuts.apply(chosen({ mute: 'F9' }), inCall)
    shortcuts.apply(chosen({ camera: 'F9' }), inCall)
    system.get('F9')?.()
    expect(pressed).toEqual(['camera'])
  })

  test('what the system refuses is said, and asked for again with the next change', () => {
    const taken = ['Alt+Shift+M']
    const { shortcuts, changes } = open(taken)
    shortcuts.apply(chosen({ mute: 'Alt+Shift+M' }), inCall)
    expect(shortcuts.states().mute).toBe('taken')
    taken.length = 0
    shortcuts.apply(chosen({ mute: 'Alt+Shift+M' }), inCall)
    expect(shortcuts.states().mute).toBe('active')
    expect(changes()).toBe(2)
  })

  test('while one is being recorded none is held', () => {
    const { shortcuts, system } = open()
    shortcuts.apply(chosen({ mute: 'F9', show: 'F10' }), inCall)
    shortcuts.apply(chosen({ mute: 'F9', show: 'F10' }), { isInCall: true, isRecording: true })
    expect(system.size).toBe(0)
  })

  test.each(['M', 'Control+C', 'Nonsense+Q'])('%s is not asked of the system', (mute) => {
    const { shortcuts, calls } = open()
    shortcuts.apply(chosen({ mute }), inCall)
    expect(calls).toEqual([])
  })

  test('nothing is held after the end', () => {
    const { shortcuts, system } = open()
    shortcuts.apply(chosen({ mute: 'F9', show: 'F10' }), inCall)
    shortcuts.dispose()
    expect(system.size).toBe(0)
  })
})
