import type { Settings } from '../settings/settings.ts'
import type { Accelerator, KeyboardPlatform } from './accelerator.ts'

/** What a combination of keys can do from any program. All but `show` only during a call. */
export const globalActions = ['mute', 'camera', 'leave', 'show'] as const
export type GlobalAction = (typeof globalActions)[number]

/**
 * How a global shortcut does. `unset`: none chosen; `waiting`: chosen, for calls only; `active`; `taken`: the system refused it,
 * as it does when another program has it.
 */
export type GlobalShortcutState = 'unset' | 'waiting' | 'active' | 'taken'

/** What keys do while the window has the focus. */
export type WindowAction =
  | 'mute'
  | 'camera'
  | 'hand'
  | 'reactions'
  | 'deafen'
  | 'shutOut'
  | 'fullScreen'
  | 'compact'
  | 'leave'
  | 'settings'
  | 'cheatSheet'

export interface WindowShortcut {
  readonly action: WindowAction
  readonly accelerator: Accelerator
  /** A single key, which types elsewhere: it can be turned off, and rests while somebody writes. */
  readonly isSingleKey: boolean
  readonly inRoomOnly: boolean
}

/**
 * The shortcuts of the window. M and V are what meeting programs use, D stands for deafened, X for out, F for full, S for small; Ctrl+Shift+H is "hang up" in Teams; Ctrl+, opens
 * settings in most programs; ? shows the keys in most pages that have some.
 */
export function windowShortcuts(platform: KeyboardPlatform): readonly WindowShortcut[] {
  const main = platform === 'darwin' ? 'Super' : 'Control'
  const single = (action: WindowAction, key: string, inRoomOnly: boolean): WindowShortcut => ({
    action,
    accelerator: { modifiers: [], key },
    isSingleKey: true,
    inRoomOnly,
  })
  return [
    single('mute', 'M', true),
    single('camera', 'V', true),
    single('hand', 'H', true),
    single('reactions', 'R', true),
    single('deafen', 'D', true),
    single('shutOut', 'X', true),
    single('fullScreen', 'F', true),
    single('compact', 'S', true),
    {
      action: 'leave',
      accelerator: { modifiers: platform === 'darwin' ? ['Shift', 'Super'] : ['Control', 'Shift'], key: 'H' },
      isSingleKey: false,
      inRoomOnly: true,
    },
    {
      action: 'settings',
      accelerator: { modifiers: [main], key: ',' },
      isSingleKey: false,
      inRoomOnly: false,
    },
    single('cheatSheet', '?', false),
  ]
}

/** The combinations that a person has chosen. */
export type ChosenShortcuts = Settings['shortcuts']
