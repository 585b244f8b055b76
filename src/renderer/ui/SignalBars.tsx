import styles from './SignalBars.module.css'
import { VisuallyHidden } from './VisuallyHidden.tsx'

export interface SignalBarsProps {
  readonly level: 0 | 1 | 2 | 3
  /** What it means, in words. */
  readonly label: string
}

/** Three bars, as many filled as the link is good. */
export function SignalBars({ level, label }: SignalBarsProps) {
  return (
    <>
      <span aria-hidden title={label} className={styles['bars']}>
        {[1, 2, 3].map((bar) => (
          <span key={bar} data-filled={bar <= level || undefined} />
        ))}
      </span>
      <VisuallyHidden>{label}</VisuallyHidden>
    </>
  )
}
