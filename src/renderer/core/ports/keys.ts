import type { ShortcutStates } from '../../../shared/ipc/settingsPanel.ts'
import type { KeyPress } from '../../../shared/shortcuts/accelerator.ts'
import type { GlobalAction } from '../../../shared/shortcuts/shortcutActions.ts'

/** Where a key was pressed in the window. */
export interface KeyPlace {
  readonly isTyping: boolean
  readonly isDialogOpen: boolean
  /** The user whose tile the keyboard has reached, else the one whose tile is pointed at or was clicked in; null: no tile. */
  readonly personId: string | null
}

/** Keys while the window has the focus. */
export interface WindowKeysPort {
  /** `handleDown` and `handleUp` answer whether the key is used up. The answer ends it. */
  watch(handlers: {
    handleDown(press: KeyPress & { readonly isRepeat: boolean }, place: KeyPlace): boolean
    handleUp(code: string): boolean
    /** Whatever is held may be let go of without anybody knowing. */
    handleFocusLost(): void
  }): () => void
}

/** Keys while another program has the focus: the main process holds them. */
export interface SystemKeysPort {
  /** Calls back with the states now and after each change; the answer ends it. */
  watchStates(listener: (states: ShortcutStates) => void): () => void
  watchPresses(listener: (action: GlobalAction) => void): () => void
  watchTalkKey(listener: (isDown: boolean) => void): () => void
  /** While a combination is being recorded none is held. */
  setRecording(isRecording: boolean): void
}
