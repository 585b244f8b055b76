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
export function Dialog({ title, closeLabel, size = 'regular', onClose, children }: DialogProps) {
  const titleId = useId()
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = element.current
    if (dialog && !dialog.open) {
      dialog.showModal()
      // By itself the cross would have the focus: what is to be filled in comes first.
      dialog.querySelector<HTMLElement>('input, select, textarea')?.focus()
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
          <h2 id={titleId} className={styles['title']}>
            {title}
          </h2>
          <Button variant="quiet" iconOnly icon={<X size={18} />} aria-label={closeLabel} onClick={onClose} />
        </header>
        {children}
      </div>
    </dialog>
  )
}
