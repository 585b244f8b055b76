import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import styles from './Button.module.css'
import { classNames } from './classNames.ts'

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  /** `primary` is the one next step of a screen; there is one at a time. */
  readonly variant?: 'primary' | 'secondary' | 'quiet' | 'danger'
  readonly size?: 'regular' | 'large'
  readonly icon?: ReactNode
  /** After the label, and seen also where a narrow toolbar leaves the label out. */
  readonly badge?: ReactNode
  /** Shows only the icon; `aria-label` is then the name. */
  readonly iconOnly?: boolean
  /** Something that was asked for is under way. Stays focusable, ignores presses. */
  readonly busy?: boolean
  readonly wide?: boolean
  readonly ref?: Ref<HTMLButtonElement>
}

/** A button. */
export function Button({
  variant = 'secondary',
  size = 'regular',
  icon,
  badge,
  iconOnly = false,
  busy = false,
  wide = false,
  type = 'button',
  onClick,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault()
        else onClick?.(event)
      }}
      className={classNames(
        styles['button'],
        styles[variant],
        styles[size],
        iconOnly && styles['iconOnly'],
        busy && styles['busy'],
        wide && styles['wide'],
      )}
    >
      {icon}
      {iconOnly || children === undefined ? null : <span data-label>{children}</span>}
      {badge}
    </button>
  )
}
