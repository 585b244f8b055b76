import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Result } from '../../shared/result.ts'
import type { RoomsFailure } from '../core/ports/rooms.ts'
import { describeRoomsFailure } from '../messages/describeFailure.ts'
import { Button } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'
import styles from './InPlaceQuestion.module.css'

export interface InPlaceQuestionProps {
  /** `primary` for what can be taken back. */
  readonly tone?: 'danger' | 'primary'
  /** What will happen. */
  readonly words: string
  readonly confirmLabel: string
  readonly cancelLabel: string
  /** Does it; answers the words that say so. */
  readonly act: () => Promise<Result<string, RoomsFailure>>
  readonly onCancel: () => void
  readonly onDone: (words: string) => void
  /** What is chosen besides. */
  readonly children?: ReactNode
}

/** Says what will happen, and does it. In a dialog's own place: a second one over it would hide what it is about. */
export function InPlaceQuestion(props: InPlaceQuestionProps) {
  const { t } = useTranslation()
  const [failure, setFailure] = useState<RoomsFailure | null>(null)
  const [isBusy, setBusy] = useState(false)
  const cancel = useRef<HTMLButtonElement>(null)
  const wordsId = useId()
  useEffect(() => cancel.current?.focus(), [])

  const act = async () => {
    setBusy(true)
    setFailure(null)
    const answer = await props.act()
    setBusy(false)
    if (answer.ok) props.onDone(answer.value)
    else setFailure(answer.error)
  }
  return (
    <fieldset className={styles['body']} aria-describedby={wordsId}>
      <p id={wordsId}>{props.words}</p>
      {props.children}
      {failure === null ? null : <Notice tone="danger">{describeRoomsFailure(t, failure)}</Notice>}
      <div className={styles['actions']}>
        <Button ref={cancel} variant="quiet" onClick={props.onCancel}>
          {props.cancelLabel}
        </Button>
        <Button variant={props.tone ?? 'danger'} busy={isBusy} onClick={() => void act()}>
          {props.confirmLabel}
        </Button>
      </div>
    </fieldset>
  )
}
