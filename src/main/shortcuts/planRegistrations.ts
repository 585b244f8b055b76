import {
  type KeyboardPlatform,
  parseAccelerator,
  writeAccelerator,
} from '../../shared/shortcuts/accelerator.ts'
import { findConflicts } from '../../shared/shortcuts/findConflicts.ts'
import {
  type ChosenShortcuts,
  type GlobalAction,
  globalActions,
} from '../../shared/shortcuts/shortcutActions.ts'

/** What the person does, as far as keys are concerned. */
export interface ShortcutContext {
  readonly isInCall: boolean
  /** A combination is being recorded. */
  readonly isRecording: boolean
}

/** What to hold of the system's keys, and why the rest is not held. */
export interface RegistrationPlan {
  /** Accelerators as Electron takes them. */
  readonly wanted: ReadonlyMap<string, GlobalAction>
  readonly idle: Readonly<Partial<Record<GlobalAction, 'unset' | 'waiting'>>>
}

/**
 * Keys are held only while they mean something: those of a call during calls, none while one is being recorded. What cannot work
 * (`findConflicts`) is not asked of the system.
 */
export function planRegistrations(
  chosen: ChosenShortcuts,
  context: ShortcutContext,
  platform: KeyboardPlatform,
): RegistrationPlan {
  const conflicts = findConflicts(chosen, platform)
  const wanted = new Map<string, GlobalAction>()
  const idle: Partial<Record<GlobalAction, 'unset' | 'waiting'>> = {}
  for (const action of globalActions) {
    const text = chosen[action]
    const accelerator = text === null ? null : parseAccelerator(text, platform)
    if (accelerator === null || conflicts[action] !== undefined) idle[action] = 'unset'
    else if (context.isRecording || (action !== 'show' && !context.isInCall)) idle[action] = 'waiting'
    else wanted.set(writeAccelerator(accelerator), action)
  }
  return { wanted, idle }
}
