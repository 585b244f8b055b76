import { type ReactNode, useId } from 'react'
import styles from './Settings.module.css'

export interface SettingsGroupProps {
  /** Left out where the section's own title says it. */
  readonly title?: string
  readonly hint?: string
  readonly children: ReactNode
}

/** Settings that belong together. */
export function SettingsGroup({ title, hint, children }: SettingsGroupProps) {
  const id = useId()
  return (
    <section className={styles['group']} aria-labelledby={title === undefined ? undefined : id}>
      {title === undefined ? null : (
        <h4 id={id} className={styles['groupTitle']}>
          {title}
        </h4>
      )}
      {hint === undefined ? null : <p className={styles['hint']}>{hint}</p>}
      {children}
    </section>
  )
}
