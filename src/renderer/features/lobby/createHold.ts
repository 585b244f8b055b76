/** A pointer that has not moved for this long lets what has changed settle. */
export const REST_MS = 10_000

/** What the pointer and the focus do at a list. */
export interface Hold {
  readonly handlePointer: (isInside: boolean) => void
  readonly handleFocus: (isInside: boolean) => void
  /** The list is gone. */
  readonly end: () => void
}

/**
 * Holds a list still while the pointer or the focus is in it, so that nothing moves away under them. A pointer that only rests there, as
 * one does beside a book, lets it settle once in `REST_MS`, and holds it again at once: it moves rarely, and by one step. The focus holds
 * it for as long as it is there: it would be lost with a row that goes.
 */
export function createHold(deps: {
  readonly hold: (isHeld: boolean) => void
  /** The answer takes it back. */
  readonly schedule: (delayMs: number, action: () => void) => () => void
}): Hold {
  let isPointed = false
  let isFocused = false
  let cancelRest: () => void = () => undefined

  const apply = () => deps.hold(isPointed || isFocused)

  const awaitRest = () => {
    cancelRest()
    if (!isPointed) return
    cancelRest = deps.schedule(REST_MS, () => {
      if (!isFocused) deps.hold(false)
      apply()
      awaitRest()
    })
  }

  return {
    handlePointer(isInside) {
      isPointed = isInside
      apply()
      awaitRest()
    },
    handleFocus(isInside) {
      isFocused = isInside
      apply()
    },
    end() {
      isPointed = false
      isFocused = false
      cancelRest()
      apply()
    },
  }
}
