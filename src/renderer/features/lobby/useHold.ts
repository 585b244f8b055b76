import { useEffect, useRef } from 'react'

/** Tells when the pointer or the focus is in an element, so that nothing moves away under it. */
export function useHold(hold: (isHeld: boolean) => void) {
  const element = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const list = element.current
    if (list === null) return undefined
    const end = new AbortController()
    const listen = { signal: end.signal }
    list.addEventListener('pointerenter', () => hold(true), listen)
    list.addEventListener('pointerleave', () => hold(list.contains(document.activeElement)), listen)
    list.addEventListener('focusin', () => hold(true), listen)
    list.addEventListener(
      'focusout',
      ({ relatedTarget }) => {
        const stays = relatedTarget instanceof Node && list.contains(relatedTarget)
        if (!stays) hold(list.matches(':hover'))
      },
      listen,
    )
    return () => {
      end.abort()
      hold(false)
    }
  }, [hold])
  return element
}
