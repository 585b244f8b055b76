import type { ReactNode } from 'react'
import styles from './MessagePage.module.css'

export interface MessagePageProps {
  readonly title: string
  readonly children: ReactNode
  readonly actions: ReactNode
}

/** A page that says one thing and offers the next step. */
export function MessagePage({ title, children, actions }: MessagePageProps) {
  return (
    <main className={styles['page']}>
      <div className={styles['words']} role="alert">
        <h1 className={styles['title']}>{title}</h1>
        <div className={styles['body']}>{children}</div>
      </div>
      <div className={styles['actions']}>{actions}</div>
    </main>
  )
}
