import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecurringMember, RecurringRoom } from '../../../shared/api/recurringRooms.ts'
import { ok } from '../../../shared/result.ts'
import { InPlaceQuestion } from '../../components/InPlaceQuestion.tsx'
import { useSession } from '../../stores/services.ts'
import { Switch } from '../../ui/Switch.tsx'

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

/** Removing a member, or ending the invitations of a recurring room. */
export function MembersQuestion({ room, question, onCancel, onDone }: MembersQuestionProps) {
  const { t } = useTranslation()
  const { recurring } = useSession()
  const [revokesInvites, setRevokesInvites] = useState(true)
  const isRemoval = question.kind === 'remove'
  const name = isRemoval ? question.member.displayName : ''
  return (
    <InPlaceQuestion
      words={
        isRemoval
          ? `${t('recurring.members.sureRemove', { name })} ${t('recurring.members.comeBack')}`
          : t('recurring.members.sureRevoke')
      }
      confirmLabel={t(isRemoval ? 'recurring.members.confirmRemove' : 'recurring.members.confirmRevoke')}
      cancelLabel={t('recurring.members.cancel')}
      act={async () => {
        const answer = isRemoval
          ? await recurring.removeMember(room.id, question.member.userId, { revokesInvites })
          : await recurring.revokeInvites(room.id)
        return answer.ok
          ? ok(t(isRemoval ? 'recurring.members.removed' : 'recurring.members.revoked', { name }))
          : answer
      }}
      onCancel={onCancel}
      onDone={onDone}
    >
      {isRemoval ? (
        <Switch
          label={t('recurring.members.revokesToo')}
          hint={t('recurring.members.revokesTooHint')}
          checked={revokesInvites}
          onChange={setRevokesInvites}
        />
      ) : null}
    </InPlaceQuestion>
  )
}
