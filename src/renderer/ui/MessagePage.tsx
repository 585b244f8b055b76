import type { ReactNode } from 'react'
import styles from './MessagePage.module.css'

export interface MessagePageProps {
  /** What it is about, at a glance; the title says it in words. */
  readonly icon: ReactNode
  readonly title: string
  readonly children: ReactNode
  readonly actions: ReactNode
}

/** A page that says one thing and offers the next step. */
export function MessagePage({ icon, title, children, actions }: MessagePageProps) {
  return (
    <main className={styles['page']}>
      <div className={styles['column']}>
        <span className={styles['mark']} aria-hidden>
          {icon}
        </span>
        <div role="alert">
          <h1 className={styles['title']}>{title}</h1>
          <div className={styles['body']}>{children}</div>
        </div>
        <div className={styles['actions']}>{actions}</div>
      </div>
    </main>
  )
}
