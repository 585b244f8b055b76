import { useTranslation } from 'react-i18next'
import type { RoomSummary } from '../../../shared/domain/room.ts'
import type { ListedRoom } from '../../core/lobby/lobbyList.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './RoomList.module.css'

/** The way into a room, or why there is none. */
export function RoomAction({
  room,
  onJoin,
}: {
  readonly room: ListedRoom
  readonly onJoin: (room: RoomSummary) => void
}) {
  const { t } = useTranslation()
  if (room.isClosed) return <span className={styles['state']}>{t('lobby.closed')}</span>
  // Somebody may leave while one gets ready, so a full room says so and keeps its door.
  return (
    <>
      {room.participantCount >= room.capacity ? (
        <span className={styles['state']}>{t('lobby.full')}</span>
      ) : null}
      <Button aria-label={t('lobby.joinRoom', { room: room.name })} onClick={() => onJoin(room)}>
        {t('lobby.join')}
      </Button>
    </>
  )
}
