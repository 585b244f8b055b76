import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { AskingBody } from '../../components/AskingBody.tsx'
import { ReadingState } from '../../components/ReadingState.tsx'
import type { Reading } from '../../components/useReading.ts'
import styles from './RoomAccess.module.css'

export interface AccessBodyProps {
  readonly done: string | null
  readonly asker: string | null
  readonly reading: Reading<readonly unknown[]>
  readonly onAgain: () => void
  readonly hint: string
  /** Instead of an empty list. */
  readonly nobody: string
  /** The list, once it was read, and what stands below it. */
  readonly children: ReactNode
}

/** A list of who may come in, or may not: what was done last, what it is, and its entries. */
export function AccessBody(props: AccessBodyProps) {
  const { t } = useTranslation()
  return (
    <AskingBody done={props.done} asker={props.asker}>
      <p className={styles['quiet']}>{props.hint}</p>
      <ReadingState
        reading={props.reading}
        readingLabel={t('room.access.reading')}
        againLabel={t('room.access.again')}
        onAgain={props.onAgain}
      >
        {props.reading.kind === 'ready' && props.reading.value.length === 0 ? <p>{props.nobody}</p> : null}
      </ReadingState>
      {props.children}
    </AskingBody>
  )
}
