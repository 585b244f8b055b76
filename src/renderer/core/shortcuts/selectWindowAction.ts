import {
  acceleratorOf,
  type KeyboardPlatform,
  type KeyPress,
  writeAccelerator,
} from '../../../shared/shortcuts/accelerator.ts'
import { type WindowAction, windowShortcuts } from '../../../shared/shortcuts/shortcutActions.ts'

/** Where a key was pressed. */
export interface KeyContext {
  readonly platform: KeyboardPlatform
  /** The person has left single keys on. */
  readonly singleKeys: boolean
  readonly isInRoom: boolean
  /** The focus is where text goes, or where letters choose from a list. */
  readonly isTyping: boolean
  /** Something modal stands over the screen. */
  readonly isDialogOpen: boolean
}

/** What a key does in the window; null: nothing of ours. */
export function selectWindowAction(press: KeyPress, context: KeyContext): WindowAction | null {
  const found = windowShortcuts(context.platform).find(({ accelerator, isSingleKey }) =>
    isSingleKey
      ? isAlone(press) && press.key.toUpperCase() === accelerator.key
      : writeAccelerator(accelerator) === written(press),
  )
  if (found === undefined || context.isDialogOpen) return null
  if (found.inRoomOnly && !context.isInRoom) return null
  if (found.isSingleKey && (context.isTyping || !context.singleKeys)) return null
  return found.action
}

/** Shift is allowed: it is what makes a question mark on many keyboards. */
function isAlone({ ctrlKey, altKey, metaKey }: KeyPress): boolean {
  return !ctrlKey && !altKey && !metaKey
}

function written(press: KeyPress): string | null {
  const accelerator = acceleratorOf(press)
  return accelerator === null ? null : writeAccelerator(accelerator)
}
