import { LogOut, Pencil, Trash2, Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyInvitation, isWebLink } from '../../components/CopyInvitation.tsx'
import type { RecurringRoom } from '../../../shared/api/recurringRooms.ts'
import type { Result } from '../../../shared/result.ts'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import { describeRoomsFailure } from '../../messages/describeFailure.ts'
import { useSession } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { fromPopover } from '../../ui/Popover.tsx'
import styles from './YourRooms.module.css'

export interface RecurringMenuProps {
  readonly room: RecurringRoom
  /** How it repeats, for the invitation. */
  readonly rule: string
  readonly onEdit: () => void
  readonly onShowMembers: () => void
}

/** What can be done about a recurring room. What cannot be taken back is asked about first. */
export function RecurringMenu({ room, rule, onEdit, onShowMembers }: RecurringMenuProps) {
  const { t } = useTranslation()
  const { recurring } = useSession()
  const [asked, setAsked] = useState<'leave' | 'remove' | null>(null)
  const [failure, setFailure] = useState<RoomsFailure | null>(null)
  const [isBusy, setBusy] = useState(false)

  const act = async (asking: Promise<Result<void, RoomsFailure>>) => {
    setBusy(true)
    const answer = await asking
    setBusy(false)
    // What succeeded takes the card with it.
    if (!answer.ok) setFailure(answer.error)
  }
  if (asked !== null) {
    const isLeaving = asked === 'leave'
    return (
      <div className={styles['question']}>
        <p>{isLeaving ? t('recurring.sureLeave') : t('recurring.sureRemove')}</p>
        {failure === null ? null : <Notice tone="danger">{describeRoomsFailure(t, failure)}</Notice>}
        <div className={styles['answers']}>
          <Button variant="quiet" onClick={() => setAsked(null)}>
            {t('recurring.cancel')}
          </Button>
          <Button
            variant="danger"
            busy={isBusy}
            onClick={() => void act(isLeaving ? recurring.leave(room.id) : recurring.remove(room.id))}
          >
            {isLeaving ? t('recurring.confirmLeave') : t('recurring.confirmRemove')}
          </Button>
        </div>
      </div>
    )
  }
  return (
    <div className={styles['menu']}>
      {room.isOwner ? (
        <>
          <CopyInvitation
            wide
            invite={() => recurring.invite(room.id)}
            describe={(link) =>
              t(isWebLink(link) ? 'recurring.webInvitation' : 'recurring.invitation', {
                room: room.name,
                rule,
                link,
              })
            }
          />
          <Button variant="quiet" wide icon={<Pencil size={16} aria-hidden />} onClick={fromPopover(onEdit)}>
            {t('recurring.edit')}
          </Button>
        </>
      ) : null}
      <Button
        variant="quiet"
        wide
        icon={<Users size={16} aria-hidden />}
        onClick={fromPopover(onShowMembers)}
      >
        {t('recurring.members.open')}
      </Button>
      <Button variant="quiet" wide icon={<LogOut size={16} aria-hidden />} onClick={() => setAsked('leave')}>
        {t('recurring.leave')}
      </Button>
      {room.isOwner ? (
        <Button
          variant="quiet"
          wide
          icon={<Trash2 size={16} aria-hidden />}
          onClick={() => setAsked('remove')}
        >
          {t('recurring.remove')}
        </Button>
      ) : null}
    </div>
  )
}
