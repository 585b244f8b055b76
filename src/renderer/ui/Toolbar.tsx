import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import styles from './Toolbar.module.css'

/** A bar of buttons: each is a tab stop, and the arrow keys, Home and End move between them too. */
export function Toolbar({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const bar = useRef<HTMLDivElement>(null)
  const move = (event: KeyboardEvent) => {
    const buttons = [
      ...(bar.current?.querySelectorAll<HTMLElement>(':scope > button, :scope > * > button') ?? []),
    ]
    const at = buttons.findIndex((button) => button === document.activeElement)
    if (at === -1) return
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: buttons.length - 1 }[event.key]
    if (next === undefined) return
    event.preventDefault()
    buttons[(next + buttons.length) % buttons.length]?.focus()
  }
  return (
    <div ref={bar} role="toolbar" aria-label={label} tabIndex={-1} className={styles['bar']} onKeyDown={move}>
      {children}
    </div>
  )
}
