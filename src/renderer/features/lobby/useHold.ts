import { useEffect, useRef } from 'react'
import { createHold } from './createHold.ts'

/** Tells when the pointer or the focus is in an element, so that nothing moves away under it. */
export function useHold(hold: (by: object, isHeld: boolean) => void) {
  const element = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const list = element.current
    if (list === null) return undefined
    const holding = createHold({
      hold: (isHeld) => hold(list, isHeld),
      schedule(delayMs, action) {
        const timer = setTimeout(action, delayMs)
        return () => clearTimeout(timer)
      },
    })
    const end = new AbortController()
    const listen = { signal: end.signal }
    for (const kind of ['pointerenter', 'pointermove', 'pointerdown'] as const) {
      list.addEventListener(kind, () => holding.handlePointer(true), listen)
    }
    list.addEventListener(
      'pointerleave',
      () => {
        // What had the focus may have gone without a word.
        holding.handleFocus(list.contains(document.activeElement))
        holding.handlePointer(false)
      },
      listen,
    )
    list.addEventListener('focusin', () => holding.handleFocus(true), listen)
    list.addEventListener(
      'focusout',
      ({ relatedTarget }) => {
        const stays = relatedTarget instanceof Node && list.contains(relatedTarget)
        if (!stays) holding.handleFocus(false)
      },
      listen,
    )
    return () => {
      end.abort()
      holding.end()
    }
  }, [hold])
  return element
}
