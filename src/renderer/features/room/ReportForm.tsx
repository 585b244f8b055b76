import { type FormEvent, type ReactNode, type Ref, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { REPORT_DETAILS_MAX_LENGTH } from '../../../shared/limits.ts'
import type { PersonInRoom } from '../../controllers/contracts.ts'
import type { ReportReason } from '../../core/ports/moderation.ts'
import { describeRoomsFailure } from '../../messages/describeFailure.ts'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Select } from '../../ui/Select.tsx'
import styles from './PeoplePanel.module.css'
import dialogStyles from './RoomDialog.module.css'

const reasons = [
  'harassment',
  'sexual_content',
  'violence',
  'underage',
  'spam',
  'other',
] as const satisfies readonly ReportReason[]

export interface ReportFormProps {
  readonly person: PersonInRoom
  /** Stands before the button that sends. */
  readonly actions: ReactNode
  /** Gets the button that sends. */
  readonly sendRef?: Ref<HTMLButtonElement>
  readonly onSent: () => void
}

/**
 * What a report says, whom it goes to, and the button that sends it. The person is not told. Sent as it is, it accuses
 * nobody of anything in particular.
 */
export function ReportForm({ person, actions, sendRef = null, onSent }: ReportFormProps) {
  const { t } = useTranslation()
  const { people } = useRoom()
  const { isBusy, failure } = useStore(people.store)
  const [reason, setReason] = useState<ReportReason>('other')
  const [details, setDetails] = useState('')
  const [isRefused, setRefused] = useState(false)
  const detailsId = useId()

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault()
    setRefused(false)
    if (await people.report(person, { reason, details: details.trim() })) onSent()
    else setRefused(true)
  }

  return (
    <form className={dialogStyles['body']} onSubmit={(event) => void send(event)}>
      <p>{t('room.peoplePanel.reportDialog.body', { name: person.displayName })}</p>
      <Select
        label={t('room.peoplePanel.reportDialog.reason')}
        value={reason}
        options={reasons.map((value) => ({
          value,
          label: t(`room.peoplePanel.reportDialog.reasons.${value}`),
        }))}
        onChange={(value) => setReason(reasons.find((known) => known === value) ?? 'other')}
      />
      <label htmlFor={detailsId} className={styles['label']}>
        {t('room.peoplePanel.reportDialog.details')}
      </label>
      <textarea
        id={detailsId}
        className={styles['details']}
        rows={3}
        dir="auto"
        maxLength={REPORT_DETAILS_MAX_LENGTH}
        value={details}
        onChange={(event) => setDetails(event.target.value)}
      />
      {isRefused && failure !== null ? (
        <Notice tone="danger">{describeRoomsFailure(t, failure)}</Notice>
      ) : null}
      <div className={dialogStyles['actions']}>
        {actions}
        <Button ref={sendRef} type="submit" variant="primary" busy={isBusy}>
          {t('room.peoplePanel.reportDialog.send')}
        </Button>
      </div>
    </form>
  )
}
