import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoomBan } from '../../../shared/api/moderation.ts'
import type { Room } from '../../../shared/domain/room.ts'
import { ok } from '../../../shared/result.ts'
import { InPlaceQuestion } from '../../components/InPlaceQuestion.tsx'
import { PeopleList } from '../../components/PeopleList.tsx'
import { useInPlaceQuestion } from '../../components/useInPlaceQuestion.ts'
import { useReading } from '../../components/useReading.ts'
import { useSession } from '../../stores/services.ts'
import { AccessBody } from './AccessBody.tsx'

/** Who is kept out of a room, for good or for some minutes; each can be let back in. */
export function RoomBans({ room }: { readonly room: Room }) {
  const { t, i18n } = useTranslation()
  const { roomAccess } = useSession()
  const { reading, readAgain } = useReading(
    useCallback(() => roomAccess.bans(room.id), [roomAccess, room.id]),
  )
  const asked = useInPlaceQuestion<RoomBan>()
  const days = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' })
  const times = new Intl.DateTimeFormat(i18n.language, { timeStyle: 'short' })
  const { question } = asked
  if (question !== null) {
    const name = question.displayName
    return (
      <InPlaceQuestion
        tone="primary"
        words={t('room.access.sureLift', { name })}
        confirmLabel={t('room.access.confirmLift')}
        cancelLabel={t('room.access.cancel')}
        act={async () => {
          const answer = await roomAccess.unban(room.id, question.userId)
          return answer.ok ? ok(t('room.access.lifted', { name })) : answer
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
      hint={t('room.access.bansHint')}
      nobody={t('room.access.noBans')}
    >
      {reading.kind === 'ready' && reading.value.length > 0 ? (
        <PeopleList
          label={t('room.access.bans')}
          people={reading.value.map((ban) => ({
            userId: ban.userId,
            displayName: ban.displayName,
            avatar: ban.avatar,
            note:
              ban.expiresAt === null
                ? t('room.access.bannedSince', { day: days.format(new Date(ban.bannedAt)) })
                : t('room.access.bannedUntil', { time: times.format(new Date(ban.expiresAt)) }),
            action: {
              label: t('room.access.lift'),
              name: t('room.access.liftName', { name: ban.displayName }),
              run: () => asked.ask(ban, ban.userId),
            },
          }))}
        />
      ) : null}
    </AccessBody>
  )
}
