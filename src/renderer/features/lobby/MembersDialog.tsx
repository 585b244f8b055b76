import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecurringMember, RecurringRoom } from '../../../shared/api/recurringRooms.ts'
import { AskingBody } from '../../components/AskingBody.tsx'
import { PeopleList } from '../../components/PeopleList.tsx'
import { ReadingState } from '../../components/ReadingState.tsx'
import { useInPlaceQuestion } from '../../components/useInPlaceQuestion.ts'
import { useReading } from '../../components/useReading.ts'
import { useSession } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { type MemberQuestion, MembersQuestion } from './MembersQuestion.tsx'
import styles from './MembersDialog.module.css'

/** Who belongs to a recurring room; its owner can remove people and end the invitations. */
export function MembersDialog({
  room,
  onClose,
}: {
  readonly room: RecurringRoom
  readonly onClose: () => void
}) {
  const { t, i18n } = useTranslation()
  const { recurring } = useSession()
  const { reading, readAgain } = useReading(
    useCallback(() => recurring.members(room.id), [recurring, room.id]),
  )
  const asked = useInPlaceQuestion<MemberQuestion>()
  const days = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' })
  // Nobody is offered to remove the owner.
  const list = (member: RecurringMember) => ({
    userId: member.userId,
    displayName: member.displayName,
    avatar: member.avatar,
    note: member.isOwner
      ? t('recurring.members.owner')
      : t('recurring.members.since', { day: days.format(new Date(member.joinedAt)) }),
    action:
      room.isOwner && !member.isOwner
        ? {
            label: t('recurring.members.remove'),
            name: t('recurring.members.removeName', { name: member.displayName }),
            run: () => asked.ask({ kind: 'remove', member }, member.userId),
          }
        : null,
  })
  return (
    <Dialog
      title={t('recurring.members.title', { room: room.name })}
      closeLabel={t('recurring.members.close')}
      onClose={onClose}
    >
      {asked.question === null ? (
        <AskingBody done={asked.done} asker={asked.asker}>
          <ReadingState
            reading={reading}
            readingLabel={t('recurring.members.reading')}
            againLabel={t('recurring.members.again')}
            onAgain={() => void readAgain()}
          >
            {reading.kind === 'ready' ? (
              <PeopleList label={t('recurring.members.list')} people={reading.value.map(list)} />
            ) : null}
          </ReadingState>
          {room.isOwner ? (
            <section className={styles['section']}>
              <h3 className={styles['title']}>{t('recurring.members.invitations')}</h3>
              <p className={styles['quiet']}>{t('recurring.members.invitationsHint')}</p>
              <div>
                <Button data-asks="revoke" onClick={() => asked.ask({ kind: 'revoke' }, 'revoke')}>
                  {t('recurring.members.revoke')}
                </Button>
              </div>
            </section>
          ) : null}
        </AskingBody>
      ) : (
        <MembersQuestion
          room={room}
          question={asked.question}
          onCancel={asked.cancel}
          onDone={(words) => {
            asked.finish(words)
            void readAgain()
          }}
        />
      )}
    </Dialog>
  )
}
