import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecurringMember, RecurringRoom } from '../../../shared/api/recurringRooms.ts'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import { describeRoomsFailure } from '../../messages/describeFailure.ts'
import { useSession } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Switch } from '../../ui/Switch.tsx'
import styles from './MembersDialog.module.css'

/** What is asked about before it is done: neither can be taken back. */
export type MemberQuestion =
  { readonly kind: 'remove'; readonly member: RecurringMember } | { readonly kind: 'revoke' }

export interface MembersQuestionProps {
  readonly room: RecurringRoom
  readonly question: MemberQuestion
  readonly onCancel: () => void
  /** It is done; `words` say so. */
  readonly onDone: (words: string) => void
}

/** Says what will happen, and does it. In the dialog's own place: a second one over it would hide whom it is about. */
export function MembersQuestion({ room, question, onCancel, onDone }: MembersQuestionProps) {
  const { t } = useTranslation()
  const { recurring } = useSession()
  const [revokesInvites, setRevokesInvites] = useState(true)
  const [failure, setFailure] = useState<RoomsFailure | null>(null)
  const [isBusy, setBusy] = useState(false)
  const cancel = useRef<HTMLButtonElement>(null)
  const questionId = useId()
  useEffect(() => cancel.current?.focus(), [])
  const isRemoval = question.kind === 'remove'
  const name = isRemoval ? question.member.displayName : ''

  const act = async () => {
    setBusy(true)
    setFailure(null)
    const answer = isRemoval
      ? await recurring.removeMember(room.id, question.member.userId, { revokesInvites })
      : await recurring.revokeInvites(room.id)
    setBusy(false)
    if (answer.ok) onDone(t(isRemoval ? 'recurring.members.removed' : 'recurring.members.revoked', { name }))
    else setFailure(answer.error)
  }
  return (
    <fieldset className={styles['body']} aria-describedby={questionId}>
      <p id={questionId}>
        {t(isRemoval ? 'recurring.members.sureRemove' : 'recurring.members.sureRevoke', { name })}
      </p>
      {isRemoval ? (
        <Switch
          label={t('recurring.members.revokesToo')}
          hint={t('recurring.members.revokesTooHint')}
          checked={revokesInvites}
          onChange={setRevokesInvites}
        />
      ) : null}
      {failure === null ? null : <Notice tone="danger">{describeRoomsFailure(t, failure)}</Notice>}
      <div className={styles['actions']}>
        <Button ref={cancel} variant="quiet" onClick={onCancel}>
          {t('recurring.members.cancel')}
        </Button>
        <Button variant="danger" busy={isBusy} onClick={() => void act()}>
          {t(isRemoval ? 'recurring.members.confirmRemove' : 'recurring.members.confirmRevoke')}
        </Button>
      </div>
    </fieldset>
  )
}
