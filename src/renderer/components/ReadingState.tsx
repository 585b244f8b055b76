import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { describeRoomsFailure } from '../messages/describeFailure.ts'
import { Button } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'
import styles from './EntryList.module.css'
import type { Reading } from './useReading.ts'

/** What was read, once it is; before that, that it is being read, or why it could not be, with the way to try again. */
export function ReadingState(props: {
  readonly reading: Reading<unknown>
  readonly readingLabel: string
  readonly againLabel: string
  readonly onAgain: () => void
  readonly children: ReactNode
}) {
  const { t } = useTranslation()
  const { reading } = props
  if (reading.kind === 'ready') return props.children
  if (reading.kind === 'reading') return <p className={styles['quiet']}>{props.readingLabel}</p>
  return (
    <Notice tone="danger" action={<Button onClick={props.onAgain}>{props.againLabel}</Button>}>
      {describeRoomsFailure(t, reading.failure)}
    </Notice>
  )
}
