import { type MouseEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Button, type ButtonProps } from './Button.tsx'
import styles from './Popover.module.css'

export interface PopoverProps {
  readonly button: Pick<
    ButtonProps,
    'variant' | 'size' | 'icon' | 'iconOnly' | 'aria-label' | 'aria-keyshortcuts' | 'title' | 'children'
  >
  /** The panel's name for assistive technology. */
  readonly label: string
  readonly placement: 'below-end' | 'below-center' | 'above-center' | 'above-end'
  /** Opens the panel each time that this rises, as when a key asks for it. */
  readonly openRequests?: number
  readonly children: ReactNode
}

/** A button that opens a small panel. The platform's popover closes it on Escape and on a press elsewhere. */
export function Popover({ button, label, placement, openRequests = 0, children }: PopoverProps) {
  const panelId = useId()
  const panel = useRef<HTMLDialogElement>(null)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const element = panel.current
    if (!element) return undefined
    const follow = (event: ToggleEvent) => setOpen(event.newState === 'open')
    element.addEventListener('toggle', follow)
    return () => element.removeEventListener('toggle', follow)
  }, [])
  const answered = useRef(openRequests)
  useEffect(() => {
    if (openRequests > answered.current) panel.current?.showPopover()
    answered.current = openRequests
  }, [openRequests])
  return (
    <span className={styles['anchor']}>
      <Button
        {...button}
        popoverTarget={panelId}
        aria-expanded={isOpen}
        aria-controls={isOpen ? panelId : undefined}
      />
      <dialog
        id={panelId}
        ref={panel}
        popover="auto"
        aria-label={label}
        className={styles['panel']}
        data-placement={placement}
      >
        {isOpen ? children : null}
      </dialog>
    </span>
  )
}

/** For a button in a popover: closes it first, so that the focus it gives back is there for what is opened. */
export function fromPopover(act: () => void): (event: MouseEvent) => void {
  return (event) => {
    event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()
    act()
  }
}
