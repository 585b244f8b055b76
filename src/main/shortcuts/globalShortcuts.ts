import type { GlobalShortcut } from 'electron'
import type { ShortcutStates } from '../../shared/ipc/settingsPanel.ts'
import type { KeyboardPlatform } from '../../shared/shortcuts/accelerator.ts'
import type {
  ChosenShortcuts,
  GlobalAction,
  GlobalShortcutState,
} from '../../shared/shortcuts/shortcutActions.ts'
import { planRegistrations, type ShortcutContext } from './planRegistrations.ts'

interface Dependencies {
  /** Electron's `globalShortcut`. */
  readonly registry: Pick<GlobalShortcut, 'register' | 'unregister'>
  readonly platform: KeyboardPlatform
  readonly onPressed: (action: GlobalAction) => void
  readonly onChanged: () => void
}

/** Shortcuts that work while another program has the focus. */
export interface GlobalShortcuts {
  /** Holds what these choices ask for in this context, and lets go of the rest. */
  readonly apply: (chosen: ChosenShortcuts, context: ShortcutContext) => void
  readonly states: () => ShortcutStates['actions']
  /** Lets go of everything. */
  readonly dispose: () => void
}

/** Follows `planRegistrations`, one key at a time, so that what stays is never let go of. */
export function createGlobalShortcuts(deps: Dependencies): GlobalShortcuts {
  /** What the system gave us, and what it refused, by accelerator. */
  const held = new Map<string, GlobalAction>()
  let states: Readonly<Record<GlobalAction, GlobalShortcutState>> = {
    mute: 'unset',
    camera: 'unset',
    leave: 'unset',
    show: 'unset',
  }

  function release(accelerator: string): void {
    deps.registry.unregister(accelerator)
    held.delete(accelerator)
  }

  /** Electron answers false for a combination of another program, and throws for one that it cannot read. */
  function hold(accelerator: string, action: GlobalAction): boolean {
    if (held.get(accelerator) === action) return true
    try {
      if (!deps.registry.register(accelerator, () => deps.onPressed(action))) return false
    } catch {
      return false
    }
    held.set(accelerator, action)
    return true
  }

  return {
    apply(chosen, context) {
      const { wanted, idle } = planRegistrations(chosen, context, deps.platform)
      for (const [accelerator, action] of held) {
        if (wanted.get(accelerator) !== action) release(accelerator)
      }
      const next: Record<GlobalAction, GlobalShortcutState> = {
        mute: 'unset',
        camera: 'unset',
        leave: 'unset',
        show: 'unset',
        ...idle,
      }
      for (const [accelerator, action] of wanted) {
        next[action] = hold(accelerator, action) ? 'active' : 'taken'
      }
      const isNews = JSON.stringify(next) !== JSON.stringify(states)
      states = next
      if (isNews) deps.onChanged()
    },
    states: () => states,
    dispose() {
      for (const accelerator of held.keys()) release(accelerator)
    },
  }
}
