import type { ShortcutContext, ShortcutStates } from '../../shared/ipc/settingsPanel.ts'
import type { ChosenShortcuts } from '../../shared/shortcuts/shortcutActions.ts'
import type { TalkKey } from '../talkKey/talkKey.ts'
import type { GlobalShortcuts } from './globalShortcuts.ts'

/** All keys that work beyond the window. */
export interface Shortcuts {
  /** Nothing is held before the first choice. */
  readonly choose: (chosen: ChosenShortcuts) => void
  readonly setContext: (context: ShortcutContext) => void
  readonly states: () => ShortcutStates
  readonly dispose: () => void
}

/** Both follow the same choices and the same context. Until the page has said otherwise nobody is in a call. */
export function openShortcuts(deps: {
  readonly combinations: GlobalShortcuts
  readonly talkKey: TalkKey
}): Shortcuts {
  const { combinations, talkKey } = deps
  let chosen: ChosenShortcuts | null = null
  let context: ShortcutContext = { isInCall: false, isRecording: false }
  const apply = (): void => {
    if (chosen === null) return
    combinations.apply(chosen, context)
    talkKey.apply(chosen, context.isInCall && !context.isRecording)
  }
  return {
    choose(next) {
      chosen = next
      apply()
    },
    setContext(next) {
      context = next
      apply()
    },
    states: () => ({ actions: combinations.states(), talk: talkKey.state() }),
    dispose() {
      combinations.dispose()
      talkKey.dispose()
    },
  }
}
