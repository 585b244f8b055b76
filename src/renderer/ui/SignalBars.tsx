import styles from './SignalBars.module.css'

export interface SignalBarsProps {
  readonly level: 0 | 1 | 2 | 3
  /** What it means, in words. */
  readonly label: string
}

/** Three bars, as many filled as the link is good. */
export function SignalBars({ level, label }: SignalBarsProps) {
  return (
    <span role="img" aria-label={label} title={label} className={styles['bars']} data-level={level}>
      {[1, 2, 3].map((bar) => (
        <span key={bar} data-filled={bar <= level || undefined} />
      ))}
    </span>
  )
}
