import { type Accelerator, type KeyboardPlatform, parseAccelerator, writeAccelerator } from './accelerator.ts'
import {
  type ChosenShortcuts,
  type GlobalAction,
  globalActions,
  type GlobalShortcutState,
  type WindowAction,
  windowShortcuts,
} from './shortcutActions.ts'

/**
 * Why a combination does not do what it should. `types`: without Control, Alt or Super it would take a key away from writing;
 * `system`: the system or every program has it; `window`: it is one of Studyhall's own keys; `twice`: two of the person's choices
 * are the same; `taken`: the system refused it; `unreadable`: it is no combination.
 */
export type ShortcutConflict =
  | { readonly kind: 'types' }
  | { readonly kind: 'system' }
  | { readonly kind: 'window'; readonly action: WindowAction }
  | { readonly kind: 'twice'; readonly with: GlobalAction }
  | { readonly kind: 'taken' }
  | { readonly kind: 'unreadable' }

/** What the systems and nearly all programs use: taking one of these away would break work elsewhere. */
const usedEverywhere: Readonly<Record<'pc' | 'mac', readonly string[]>> = {
  pc: [
    ...'ACFNOPSVWXYZ'.split('').map((key) => `Control+${key}`),
    'Alt+F4', 'Alt+Tab', 'Alt+Shift+Tab', 'Alt+Space', 'Alt+Escape', 'Control+Escape', 'Control+Shift+Escape',
    'Control+Alt+Delete', 'Control+Tab', 'Control+Shift+Tab', 'Super+L', 'Super+D', 'Super+E', 'Super+R', 'Super+Tab',
  ],
  mac: [
    ...'ACFHMNOPQSVWXZ'.split('').map((key) => `Super+${key}`),
    'Super+Tab', 'Shift+Super+Tab', 'Super+Space', 'Alt+Super+Escape', 'Control+Super+Q', 'Shift+Super+Q',
    'Shift+Super+3', 'Shift+Super+4', 'Shift+Super+5', 'Super+,',
  ],
} // prettier-ignore

/** What is wrong with each of the chosen combinations; actions with nothing wrong are left out. */
export function findConflicts(
  chosen: ChosenShortcuts,
  platform: KeyboardPlatform,
  states: Readonly<Partial<Record<GlobalAction, GlobalShortcutState>>> = {},
): Readonly<Partial<Record<GlobalAction, ShortcutConflict>>> {
  const found: Partial<Record<GlobalAction, ShortcutConflict>> = {}
  for (const action of globalActions) {
    const conflict = conflictOf(action, chosen, platform, states[action])
    if (conflict !== null) found[action] = conflict
  }
  return found
}

function conflictOf(
  action: GlobalAction,
  chosen: ChosenShortcuts,
  platform: KeyboardPlatform,
  state: GlobalShortcutState | undefined,
): ShortcutConflict | null {
  const text = chosen[action]
  if (text === null) return null
  const accelerator = parseAccelerator(text, platform)
  if (accelerator === null) return { kind: 'unreadable' }
  const written = writeAccelerator(accelerator)
  const twin = globalActions.find((other) => other !== action && isSame(chosen[other], written, platform))
  if (twin !== undefined) return { kind: 'twice', with: twin }
  return judgeAccelerator(accelerator, platform) ?? (state === 'taken' ? { kind: 'taken' } : null)
}

function isSame(text: string | null, written: string, platform: KeyboardPlatform): boolean {
  const accelerator = text === null ? null : parseAccelerator(text, platform)
  return accelerator !== null && writeAccelerator(accelerator) === written
}

/** Whether a combination may be held in every program; null: yes. */
export function judgeAccelerator(
  accelerator: Accelerator,
  platform: KeyboardPlatform,
): Extract<ShortcutConflict, { kind: 'types' | 'system' | 'window' }> | null {
  const written = writeAccelerator(accelerator)
  const isFunctionKey = /^F\d+$/.test(accelerator.key)
  const isHeld = accelerator.modifiers.some((modifier) => modifier !== 'Shift')
  if (!isHeld && !isFunctionKey) return { kind: 'types' }
  if (usedEverywhere[platform === 'darwin' ? 'mac' : 'pc'].includes(written)) return { kind: 'system' }
  const own = windowShortcuts(platform).find((shortcut) => writeAccelerator(shortcut.accelerator) === written)
  // The same key for the same thing here and everywhere is no conflict.
  return own === undefined || own.action === 'leave' ? null : { kind: 'window', action: own.action }
}

/** The single key of the window that the key to talk would take away; null: none. */
export function findTalkKeyConflict(
  { talkMode, talkKey, singleKeys }: ChosenShortcuts,
  platform: KeyboardPlatform,
): WindowAction | null {
  if (talkMode === 'off' || !singleKeys) return null
  const letter = /^Key([A-Z])$/.exec(talkKey)?.[1]
  const same = windowShortcuts(platform).find(
    ({ accelerator, isSingleKey }) => isSingleKey && accelerator.key === letter,
  )
  return same?.action ?? null
}
