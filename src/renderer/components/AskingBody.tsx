import { type ReactNode, useEffect, useRef } from 'react'
import styles from './AskingBody.module.css'

export interface AskingBodyProps {
  /** As `useInPlaceQuestion` has them. */
  readonly done: string | null
  readonly asker: string | null
  readonly children: ReactNode
}

/**
 * What stands in a dialog while nothing is asked in its place. The question had the focus: it goes to what has become of it, or back to
 * the button that asked.
 */
export function AskingBody({ done, asker, children }: AskingBodyProps) {
  const status = useRef<HTMLParagraphElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const atFirst = useRef({ done, asker })
  useEffect(() => {
    const { done: words, asker: by } = atFirst.current
    if (by === null) return
    if (words === null) body.current?.querySelector<HTMLElement>(`[data-asks="${by}"]`)?.focus()
    else status.current?.focus()
  }, [])
  return (
    <div ref={body} className={styles['body']}>
      <p ref={status} tabIndex={-1} role="status" className={styles['status']}>
        {done}
      </p>
      {children}
    </div>
  )
}
