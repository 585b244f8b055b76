import { Users } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { RoomSummary } from '../../../shared/domain/room.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import styles from './RoomList.module.css'

/** How many people are in a room, and how many fit in. */
export function RoomCount({ room }: { readonly room: RoomSummary }) {
  const { t } = useTranslation()
  return (
    <span className={styles['count']} data-lively={room.participantCount > 0 || undefined}>
      <Users size={15} aria-hidden />
      <span aria-hidden>
        {room.participantCount}/{room.capacity}
      </span>
      <VisuallyHidden>
        {t('lobby.occupancy', { count: room.participantCount, capacity: room.capacity })}
      </VisuallyHidden>
    </span>
  )
}
