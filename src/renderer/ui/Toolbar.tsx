import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from 'react'
import { arrowStep } from './arrowStep.ts'
import { fitWords } from './fitWords.ts'
import styles from './Toolbar.module.css'

/** A bar of buttons: each is a tab stop, and the arrow keys, Home and End move between them too. */
export function Toolbar({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const bar = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => (bar.current === null ? undefined : fitWords(bar.current)), [])
  const move = (event: KeyboardEvent) => {
    const buttons = [
      ...(bar.current?.querySelectorAll<HTMLElement>(':scope > button, :scope > * > button') ?? []),
    ]
    const at = buttons.findIndex((button) => button === document.activeElement)
    if (at === -1) return
    const step = arrowStep(event.key, getComputedStyle(event.currentTarget).direction)
    const next = { Home: 0, End: buttons.length - 1 }[event.key] ?? (step === 0 ? null : at + step)
    if (next === null) return
    event.preventDefault()
    buttons[(next + buttons.length) % buttons.length]?.focus()
  }
  return (
    <div ref={bar} role="toolbar" aria-label={label} tabIndex={-1} className={styles['bar']} onKeyDown={move}>
      {children}
    </div>
  )
}
