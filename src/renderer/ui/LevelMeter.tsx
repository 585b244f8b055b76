import { useEffect, useRef } from 'react'
import styles from './LevelMeter.module.css'

export interface LevelMeterProps {
  /** Calls back with 0 to 1, often; the answer stops it. */
  readonly subscribe: (listener: (level: number) => void) => () => void
}

/** How loud it is, for the eye. Moves outside React: it changes many times a second. */
export function LevelMeter({ subscribe }: LevelMeterProps) {
  const fill = useRef<HTMLSpanElement>(null)
  useEffect(
    () =>
      subscribe((level) => {
        if (fill.current)
          fill.current.style.transform = `scaleX(${Math.min(1, Math.max(0, level)).toFixed(3)})`
      }),
    [subscribe],
  )
  return (
    <span aria-hidden className={styles['meter']}>
      <span ref={fill} className={styles['fill']} />
    </span>
  )
}
