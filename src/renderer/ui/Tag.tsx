import styles from './Tag.module.css'

/** A word about something, to be read. */
export function Tag({ children }: { readonly children: string }) {
  return <span className={styles['tag']}>{children}</span>
}

export interface TagToggleProps {
  readonly pressed: boolean
  readonly onPress: () => void
  readonly children: string
}

/** A word to filter by. */
export function TagToggle({ pressed, onPress, children }: TagToggleProps) {
  return (
    <button type="button" className={styles['toggle']} aria-pressed={pressed} onClick={onPress}>
      {children}
    </button>
  )
}
