import { useTranslation } from 'react-i18next'
import type { RecurringMember } from '../../../shared/api/recurringRooms.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import styles from './MembersDialog.module.css'

export interface MemberListProps {
  readonly members: readonly RecurringMember[]
  /** Null for who may not. Nobody is offered to remove the owner. */
  readonly onRemove: ((member: RecurringMember) => void) | null
}

/** Members with how long they have been there. */
export function MemberList({ members, onRemove }: MemberListProps) {
  const { t, i18n } = useTranslation()
  const days = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' })
  return (
    <ul className={styles['list']} aria-label={t('recurring.members.list')}>
      {members.map((member) => (
        <li key={member.userId} className={styles['person']}>
          <Avatar name={member.displayName} size={32} />
          <span className={styles['words']}>
            <span className={styles['name']}>{member.displayName}</span>
            <span className={styles['quiet']}>
              {member.isOwner
                ? t('recurring.members.owner')
                : t('recurring.members.since', { day: days.format(new Date(member.joinedAt)) })}
            </span>
          </span>
          {onRemove === null || member.isOwner ? null : (
            <Button
              variant="quiet"
              data-asks={member.userId}
              aria-label={t('recurring.members.removeName', { name: member.displayName })}
              onClick={() => onRemove(member)}
            >
              {t('recurring.members.remove')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
