import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Button } from './Button.tsx'
import styles from './SidePanel.module.css'

export interface SidePanelProps {
  readonly title: string
  readonly closeLabel: string
  readonly onClose: () => void
  /** With something to focus near its beginning, from where the keyboard scrolls. */
  readonly children: ReactNode
}

/**
 * What stands beside the room's tiles, one at a time. Takes the focus when it opens, unless something in it has taken it already; gives it
 * back, and closes on Escape.
 */
export function SidePanel({ title, closeLabel, onClose, children }: SidePanelProps) {
  const titleId = useId()
  const panel = useRef<HTMLElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const [before] = useState(() => document.activeElement)
  useEffect(() => {
    if (panel.current?.contains(document.activeElement) !== true) heading.current?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [before])
  useEffect(() => {
    const element = panel.current
    if (element === null) return undefined
    const handleKey = (event: KeyboardEvent) => {
      // What stands open over the panel, a menu or a dialog of its own, closes first.
      if (event.key === 'Escape' && element.querySelector(':modal, :popover-open') === null) onClose()
    }
    element.addEventListener('keydown', handleKey)
    return () => element.removeEventListener('keydown', handleKey)
  }, [onClose])
  return (
    <aside ref={panel} aria-labelledby={titleId} className={styles['panel']}>
      <header className={styles['header']}>
        <h2 ref={heading} id={titleId} tabIndex={-1} className={styles['title']}>
          {title}
        </h2>
        <Button
          variant="quiet"
          iconOnly
          aria-label={closeLabel}
          icon={<X size={18} aria-hidden />}
          onClick={onClose}
        />
      </header>
      <div className={styles['body']}>{children}</div>
    </aside>
  )
}
