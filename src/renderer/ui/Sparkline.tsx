import { planSparkline } from './planSparkline.ts'
import styles from './Sparkline.module.css'

const WIDTH = 72
const HEIGHT = 20

export interface SparklineProps {
  /** The newest last; null is a gap. */
  readonly values: readonly (number | null)[]
  /** How many fit; fewer stand at the right. */
  readonly steps: number
  /** The scale reaches at least to here. */
  readonly floor: number
}

/** How a figure went. For the eye alone: the figure itself stands beside it. */
export function Sparkline({ values, steps, floor }: SparklineProps) {
  const path = planSparkline(values, { width: WIDTH, height: HEIGHT, steps, floor })
  return (
    <svg aria-hidden className={styles['line']} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
      <line x1={0} y1={HEIGHT} x2={WIDTH} y2={HEIGHT} />
      {path === '' ? null : <path d={path} />}
    </svg>
  )
}
