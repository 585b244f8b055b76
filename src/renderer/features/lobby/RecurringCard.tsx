import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecurringRoom } from '../../../shared/api/recurringRooms.ts'
import { selectOccasion } from '../../core/recurring/occasion.ts'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import { describeRoomsFailure } from '../../messages/describeFailure.ts'
import { joinList } from '../../messages/joinList.ts'
import { describeOccasion, describeRecurrence } from '../../messages/describeOccasion.ts'
import { useApp, useSession } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Popover } from '../../ui/Popover.tsx'
import { RecurringMenu } from './RecurringMenu.tsx'
import styles from './YourRooms.module.css'

export interface RecurringCardProps {
  readonly room: RecurringRoom
  readonly nowMs: number
  readonly onEdit: () => void
  readonly onShowMembers: () => void
}

/** A recurring room: whether it is on, who is there, when it is, and the way in. */
export function RecurringCard({ room, nowMs, onEdit, onShowMembers }: RecurringCardProps) {
  const { t, i18n } = useTranslation()
  const { enterRoom } = useApp()
  const { recurring } = useSession()
  const [isOpening, setOpening] = useState(false)
  const [failure, setFailure] = useState<RoomsFailure | null>(null)
  const occasion = selectOccasion(room, nowMs)
  const isOn = occasion.kind === 'live' || occasion.kind === 'onNow'
  const names = occasion.kind === 'live' ? joinList(i18n.language, occasion.names) : ''
  const rule = describeRecurrence(t, i18n.language, room)

  const open = async () => {
    setOpening(true)
    setFailure(null)
    const answer = await recurring.open(room.id)
    setOpening(false)
    if (answer.ok) await enterRoom({ roomId: answer.value.roomId, name: room.name, hasPassword: false })
    else setFailure(answer.error)
  }
  return (
    <li className={styles['card']}>
      <div className={styles['head']}>
        <span className={styles['name']} title={room.name} dir="auto">
          {room.name}
        </span>
        <Popover
          label={t('recurring.more', { room: room.name })}
          placement="below-end"
          button={{
            variant: 'quiet',
            iconOnly: true,
            icon: <Ellipsis size={18} aria-hidden />,
            'aria-label': t('recurring.more', { room: room.name }),
          }}
        >
          <RecurringMenu room={room} rule={rule} onEdit={onEdit} onShowMembers={onShowMembers} />
        </Popover>
      </div>
      <span className={styles['state']} data-live={occasion.kind === 'live' || undefined}>
        {describeOccasion(t, i18n.language, occasion, nowMs)}
      </span>
      <div className={styles['foot']}>
        <span className={styles['detail']} title={names === '' ? rule : names}>
          {names === '' ? rule : names}
        </span>
        <Button
          variant={occasion.kind === 'live' ? 'primary' : 'secondary'}
          busy={isOpening}
          aria-label={t(isOn ? 'recurring.joinRoom' : 'recurring.openRoom', { room: room.name })}
          onClick={() => void open()}
        >
          {isOpening ? t('recurring.opening') : isOn ? t('recurring.join') : t('recurring.open')}
        </Button>
      </div>
      {failure === null ? null : (
        <p className={styles['failure']} role="alert">
          {describeRoomsFailure(t, failure)}
        </p>
      )}
    </li>
  )
}
