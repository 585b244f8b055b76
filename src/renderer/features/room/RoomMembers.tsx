import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoomMember } from '../../../shared/api/moderation.ts'
import type { Room } from '../../../shared/domain/room.ts'
import { ok } from '../../../shared/result.ts'
import { InPlaceQuestion } from '../../components/InPlaceQuestion.tsx'
import { PeopleList } from '../../components/PeopleList.tsx'
import { useInPlaceQuestion } from '../../components/useInPlaceQuestion.ts'
import { useReading } from '../../components/useReading.ts'
import { useSession } from '../../stores/services.ts'
import { Switch } from '../../ui/Switch.tsx'
import { AccessBody } from './AccessBody.tsx'

/** Who comes into a room without being asked for anything; each can be taken out. */
export function RoomMembers({ room }: { readonly room: Room }) {
  const { t, i18n } = useTranslation()
  const { roomAccess } = useSession()
  const { reading, readAgain } = useReading(
    useCallback(() => roomAccess.members(room.id), [roomAccess, room.id]),
  )
  const asked = useInPlaceQuestion<RoomMember>()
  const [revokesInvites, setRevokesInvites] = useState(true)
  const days = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' })
  const { question } = asked
  if (question !== null) {
    const name = question.displayName
    return (
      <InPlaceQuestion
        words={[
          t('recurring.members.sureRemove', { name }),
          t('room.access.comeBack'),
          ...(room.recurringRoomId === null ? [] : [t('room.access.comeBackAsMember')]),
        ].join(' ')}
        confirmLabel={t('recurring.members.confirmRemove')}
        cancelLabel={t('room.access.cancel')}
        act={async () => {
          const answer = await roomAccess.removeMember(room.id, question.userId, { revokesInvites })
          if (!answer.ok) return answer
          return ok(
            t(answer.value === 'removed' ? 'recurring.members.removed' : 'room.access.wasNone', { name }),
          )
        }}
        onCancel={asked.cancel}
        onDone={(words) => {
          asked.finish(words)
          void readAgain()
        }}
      >
        <Switch
          label={t('recurring.members.revokesToo')}
          hint={t('recurring.members.revokesTooHint')}
          checked={revokesInvites}
          onChange={setRevokesInvites}
        />
      </InPlaceQuestion>
    )
  }
  return (
    <AccessBody
      done={asked.done}
      asker={asked.asker}
      reading={reading}
      onAgain={() => void readAgain()}
      hint={t(room.recurringRoomId === null ? 'room.access.membersHint' : 'room.access.recurringHint')}
      nobody={t('room.access.noMembers')}
    >
      {reading.kind === 'ready' && reading.value.length > 0 ? (
        <PeopleList
          label={t('room.access.members')}
          people={reading.value.map((member) => ({
            userId: member.userId,
            displayName: member.displayName,
            avatar: member.avatar,
            note: t('recurring.members.since', { day: days.format(new Date(member.joinedAt)) }),
            action: {
              label: t('recurring.members.remove'),
              name: t('recurring.members.removeName', { name: member.displayName }),
              run: () => asked.ask(member, member.userId),
            },
          }))}
        />
      ) : null}
    </AccessBody>
  )
}
