import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './Notice.module.css'

export interface NoticeProps {
  readonly tone: 'info' | 'warm' | 'danger'
  readonly title?: string
  readonly children?: ReactNode
  /** What to do about it: usually one button. */
  readonly action?: ReactNode
  /** Spoken as soon as it appears (danger always is). */
  readonly announce?: boolean
}

const icons = { info: Info, warm: TriangleAlert, danger: CircleAlert } as const

/** Something to know, where the thing would be, with what to do. */
export function Notice({ tone, title, children, action, announce = true }: NoticeProps) {
  const Icon = icons[tone]
  return (
    <div
      className={styles['notice']}
      data-tone={tone}
      role={announce ? (tone === 'danger' ? 'alert' : 'status') : undefined}
    >
      <Icon size={18} aria-hidden className={styles['icon']} />
      <div className={styles['words']}>
        {title ? <p className={styles['title']}>{title}</p> : null}
        {children ? <div className={styles['body']}>{children}</div> : null}
      </div>
      {action ? <div className={styles['action']}>{action}</div> : null}
    </div>
  )
}
