import styles from './Skeleton.module.css'

/** The shape of what comes. Widths are CSS lengths. */
export function Skeleton({ width, height = '1em' }: { readonly width: string; readonly height?: string }) {
  return <span aria-hidden className={styles['skeleton']} style={{ width, height }} />
}
