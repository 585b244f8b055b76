import styles from './Tag.module.css'

/** A word about something, to be read. */
export function Tag({ children }: { readonly children: string }) {
  return (
    <span className={styles['tag']}>
      <bdi>{children}</bdi>
    </span>
  )
}

export interface TagToggleProps {
  readonly pressed: boolean
  /** Its name, where what is shown is short for it. */
  readonly label?: string
  readonly onPress: () => void
  readonly children: string
}

/** A word to filter by. */
export function TagToggle({ pressed, label, onPress, children }: TagToggleProps) {
  return (
    <button
      type="button"
      className={styles['toggle']}
      aria-pressed={pressed}
      aria-label={label}
      onClick={onPress}
    >
      {children}
    </button>
  )
}
