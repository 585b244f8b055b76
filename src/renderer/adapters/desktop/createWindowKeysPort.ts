import type { KeyPlace, WindowKeysPort } from '../../core/ports/keys.ts'

/** The window's own keyboard events, before any control gets them. */
export function createWindowKeysPort(): WindowKeysPort {
  return {
    watch(handlers) {
      const handleDown = (event: KeyboardEvent) => {
        const { code, key, ctrlKey, altKey, shiftKey, metaKey, repeat } = event
        const press = { code, key, ctrlKey, altKey, shiftKey, metaKey, isRepeat: repeat }
        if (handlers.handleDown(press, placeOf(event.target))) useUp(event)
      }
      const handleUp = (event: KeyboardEvent) => {
        if (handlers.handleUp(event.code)) useUp(event)
      }
      const handleBlur = () => handlers.handleFocusLost()
      window.addEventListener('keydown', handleDown, { capture: true })
      window.addEventListener('keyup', handleUp, { capture: true })
      window.addEventListener('blur', handleBlur)
      return () => {
        window.removeEventListener('keydown', handleDown, { capture: true })
        window.removeEventListener('keyup', handleUp, { capture: true })
        window.removeEventListener('blur', handleBlur)
      }
    },
  }
}

function useUp(event: KeyboardEvent): void {
  event.preventDefault()
  event.stopPropagation()
}

function placeOf(target: EventTarget | null): KeyPlace {
  return {
    isTyping:
      target instanceof HTMLInputElement ||
      target instanceof HTMLSelectElement ||
      target instanceof HTMLTextAreaElement ||
      (target instanceof HTMLElement && target.isContentEditable),
    isDialogOpen: document.querySelector('dialog:modal') !== null,
    personId: personAt(target),
  }
}

function personAt(target: EventTarget | null): string | null {
  const focused = target instanceof Element ? target.closest('[data-user-id]') : null
  // Where a click has left the focus, the pointer may have gone on to somebody else.
  const isByKeyboard = target instanceof Element && target.matches(':focus-visible')
  const pointed = document.querySelector('[data-user-id]:hover')
  const tile = isByKeyboard ? (focused ?? pointed) : (pointed ?? focused)
  return tile?.getAttribute('data-user-id') ?? null
}
