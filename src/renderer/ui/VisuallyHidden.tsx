import type { ReactNode } from 'react'
import styles from './VisuallyHidden.module.css'

/** Words for those who listen. `live` ones are spoken when they change. */
export function VisuallyHidden({
  live = false,
  children,
}: {
  readonly live?: boolean
  readonly children: ReactNode
}) {
  return (
    <span
      className={styles['hidden']}
      role={live ? 'status' : undefined}
      aria-live={live ? 'polite' : undefined}
    >
      {children}
    </span>
  )
}
