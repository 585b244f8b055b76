/** Whether the person is in a call: the one place in the main process that knows, told by the page. */
export interface CallPresence {
  /** Until the page has said otherwise nobody is in a call. */
  readonly isInCall: () => boolean
  readonly handle: (isInCall: boolean) => void
  /** Calls back after each change; the answer ends it. */
  readonly watch: (listener: (isInCall: boolean) => void) => () => void
}

export function createCallPresence(): CallPresence {
  const listeners = new Set<(isInCall: boolean) => void>()
  let current = false
  return {
    isInCall: () => current,
    handle(isInCall) {
      if (isInCall === current) return
      current = isInCall
      for (const listener of listeners) listener(isInCall)
    },
    watch(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
