import type { TFunction } from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoomInvite } from '../../../shared/api/invites.ts'
import type { Room } from '../../../shared/domain/room.ts'
import { ok } from '../../../shared/result.ts'
import { EntryList } from '../../components/EntryList.tsx'
import { InPlaceQuestion } from '../../components/InPlaceQuestion.tsx'
import { useInPlaceQuestion } from '../../components/useInPlaceQuestion.ts'
import { useReading } from '../../components/useReading.ts'
import { useSession } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { AccessBody } from './AccessBody.tsx'
import { InviteToRoom } from './InviteToRoom.tsx'
import styles from './RoomAccess.module.css'

/** The invitations of a room that still let people in; each, or all of them, can be withdrawn. */
export function RoomInvitations({ room }: { readonly room: Room }) {
  const { t, i18n } = useTranslation()
  const { roomAccess } = useSession()
  const { reading, readAgain } = useReading(
    useCallback(() => roomAccess.invites(room.id), [roomAccess, room.id]),
  )
  const asked = useInPlaceQuestion<RoomInvite | 'all'>()
  const { question } = asked
  // An invitation works for days: the year would only take the room.
  const moments = new Intl.DateTimeFormat(i18n.language, {
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  })
  const at = (moment: string) => moments.format(new Date(moment))
  if (question !== null) {
    const isAll = question === 'all'
    return (
      <InPlaceQuestion
        words={t(isAll ? 'recurring.members.sureRevoke' : 'room.access.sureWithdraw')}
        confirmLabel={t('recurring.members.confirmRevoke')}
        cancelLabel={t('room.access.cancel')}
        act={async () => {
          const answer = isAll
            ? await roomAccess.revokeInvites(room.id)
            : await roomAccess.revokeInvite(room.id, question.id)
          return answer.ok ? ok(t(isAll ? 'recurring.members.revoked' : 'room.access.withdrawn')) : answer
        }}
        onCancel={asked.cancel}
        onDone={(words) => {
          asked.finish(words)
          void readAgain()
        }}
      />
    )
  }
  return (
    <AccessBody
      done={asked.done}
      asker={asked.asker}
      reading={reading}
      onAgain={() => void readAgain()}
      hint={t('room.access.invitationsHint')}
      nobody={t('room.access.noInvitations')}
    >
      {reading.kind === 'ready' && reading.value.length > 0 ? (
        <EntryList
          label={t('room.access.invitations')}
          entries={reading.value.map((invite) => ({
            id: invite.id,
            title: describeMaker(t, invite, room),
            notes: [
              t('room.access.madeAt', { time: at(invite.createdAt) }),
              t('room.access.usesLeft', {
                count: invite.maxUses - invite.usedCount,
                time: at(invite.expiresAt),
              }),
            ],
            action: {
              label: t('room.access.withdraw'),
              name: t('room.access.withdrawName', { time: at(invite.createdAt) }),
              run: () => asked.ask(invite, invite.id),
            },
          }))}
        />
      ) : null}
      <div className={styles['actions']}>
        <InviteToRoom room={room} onMade={() => void readAgain()} />
        {reading.kind === 'ready' && reading.value.length > 1 ? (
          <Button data-asks="all" onClick={() => asked.ask('all', 'all')}>
            {t('recurring.members.revoke')}
          </Button>
        ) : null}
      </div>
    </AccessBody>
  )
}

/** Who made an invitation. Only a room that was handed over has some of others'. */
function describeMaker(t: TFunction, { createdBy }: RoomInvite, room: Room): string {
  if (createdBy === null) return t('room.access.madeByGone')
  if (createdBy.userId === room.creatorId) return t('room.access.madeBySelf')
  return t('room.access.madeBy', { name: createdBy.displayName })
}
