import { X } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { arrowStep } from './arrowStep.ts'
import { Button } from './Button.tsx'
import styles from './SectionDialog.module.css'

export interface DialogSection<V extends string> {
  readonly value: V
  readonly label: string
  readonly icon: ReactNode
}

export interface SectionDialogProps<V extends string> {
  readonly title: string
  readonly closeLabel: string
  readonly sections: readonly DialogSection<V>[]
  readonly section: V
  readonly onSection: (section: V) => void
  /** Asked for by Escape, by the cross, or by a press outside. */
  readonly onClose: () => void
  readonly children: ReactNode
}

/**
 * A large modal dialog of several sections, shown while it is mounted. The sections are tabs (WAI-ARIA, vertical): arrows go from one
 * to the next, Tab goes into the one that is shown.
 */
export function SectionDialog<V extends string>(props: SectionDialogProps<V>) {
  const { title, closeLabel, sections, section, onSection, onClose, children } = props
  const id = useId()
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = element.current
    if (dialog && !dialog.open) {
      dialog.showModal()
      dialog.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus()
    }
    return () => dialog?.close()
  }, [])

  const moveFocus = (event: KeyboardEvent) => {
    const at = sections.findIndex(({ value }) => value === section)
    const step = arrowStep(event.key, getComputedStyle(event.currentTarget).direction)
    const to = targetOf(event.key, step, at, sections.length)
    const next = sections[to]
    if (next === undefined || to === at) return
    event.preventDefault()
    onSection(next.value)
    document.getElementById(`${id}-tab-${next.value}`)?.focus()
  }

  return (
    <dialog
      ref={element}
      className={styles['dialog']}
      aria-labelledby={`${id}-title`}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose()
      }}
    >
      <div className={styles['frame']}>
        <div className={styles['side']}>
          <h2 id={`${id}-title`} className={styles['title']}>
            {title}
          </h2>
          <div
            role="tablist"
            aria-orientation="vertical"
            aria-labelledby={`${id}-title`}
            className={styles['tabs']}
          >
            {sections.map(({ value, label, icon }) => (
              <button
                key={value}
                type="button"
                role="tab"
                id={`${id}-tab-${value}`}
                aria-selected={value === section}
                aria-controls={value === section ? `${id}-panel` : undefined}
                tabIndex={value === section ? 0 : -1}
                className={styles['tab']}
                onClick={() => onSection(value)}
                onKeyDown={moveFocus}
              >
                {icon}
                {label}
              </button>
            ))}
          </div>
        </div>
        <div
          // Each section begins at its top.
          key={section}
          role="tabpanel"
          id={`${id}-panel`}
          aria-labelledby={`${id}-tab-${section}`}
          tabIndex={0}
          className={styles['panel']}
        >
          <h3 className={styles['heading']}>{sections.find(({ value }) => value === section)?.label}</h3>
          {children}
        </div>
        <div className={styles['close']}>
          <Button
            variant="quiet"
            iconOnly
            icon={<X size={18} aria-hidden />}
            aria-label={closeLabel}
            onClick={onClose}
          />
        </div>
      </div>
    </dialog>
  )
}

/** The index that a key leads to; the same for keys that lead nowhere. */
function targetOf(key: string, step: -1 | 0 | 1, at: number, count: number): number {
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  return (at + step + count) % count
}
