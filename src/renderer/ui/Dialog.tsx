import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Button } from './Button.tsx'
import styles from './Dialog.module.css'

export interface DialogProps {
  readonly title: string
  readonly closeLabel: string
  /** `wide` for what stands side by side. */
  readonly size?: 'regular' | 'wide'
  /** Asked for by Escape, by the cross, or by a press outside. */
  readonly onClose: () => void
  readonly children: ReactNode
}

/**
 * A modal dialog, shown while it is mounted. The element's own `showModal` makes the rest inert, keeps the focus inside
 * and gives it back afterwards.
 */
export function Dialog({ title: words, closeLabel, size = 'regular', onClose, children }: DialogProps) {
  const titleId = useId()
  const element = useRef<HTMLDialogElement>(null)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const dialog = element.current
    if (dialog && !dialog.open) {
      dialog.showModal()
      // By itself the cross would have the focus. What is to be filled in comes first; else what the dialog is about.
      const first = dialog.querySelector<HTMLElement>('input, select, textarea') ?? title.current
      first?.focus()
    }
    return () => dialog?.close()
  }, [])
  return (
    <dialog
      ref={element}
      className={styles['dialog']}
      data-size={size}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
    >
      <div className={styles['panel']}>
        <header className={styles['header']}>
          <h2 ref={title} id={titleId} tabIndex={-1} className={styles['title']}>
            {words}
          </h2>
          <Button variant="quiet" iconOnly icon={<X size={18} />} aria-label={closeLabel} onClick={onClose} />
        </header>
        {children}
      </div>
    </dialog>
  )
}
