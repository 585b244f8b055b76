import type { ShortcutStates } from '../../shared/ipc/settingsPanel.ts'
import type { ChosenShortcuts } from '../../shared/shortcuts/shortcutActions.ts'
import type { CallPresence } from '../call/callPresence.ts'
import type { TalkKey } from '../talkKey/talkKey.ts'
import type { GlobalShortcuts } from './globalShortcuts.ts'

/** All keys that work beyond the window. */
export interface Shortcuts {
  /** Nothing is held before the first choice. */
  readonly choose: (chosen: ChosenShortcuts) => void
  readonly setRecording: (isRecording: boolean) => void
  readonly states: () => ShortcutStates
  readonly dispose: () => void
}

/** Both follow the same choices, and the call. */
export function openShortcuts(deps: {
  readonly combinations: GlobalShortcuts
  readonly talkKey: TalkKey
  readonly call: Pick<CallPresence, 'isInCall' | 'watch'>
  /** The desktop assigns combinations itself. */
  readonly areAssigned: boolean
}): Shortcuts {
  const { combinations, talkKey, call } = deps
  let chosen: ChosenShortcuts | null = null
  let isRecording = false
  const apply = (): void => {
    if (chosen === null) return
    const isInCall = call.isInCall()
    combinations.apply(chosen, { isInCall, isRecording })
    talkKey.apply(chosen, isInCall && !isRecording)
  }
  const unwatch = call.watch(apply)
  return {
    choose(next) {
      chosen = next
      apply()
    },
    setRecording(next) {
      isRecording = next
      apply()
    },
    states: () => ({ actions: combinations.states(), areAssigned: deps.areAssigned, talk: talkKey.state() }),
    dispose() {
      unwatch()
      combinations.dispose()
      talkKey.dispose()
    },
  }
}
