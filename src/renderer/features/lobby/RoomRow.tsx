import { Lock, Users } from 'lucide-react'
import { memo, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoomSummary } from '../../../shared/domain/room.ts'
import type { ListedRoom } from '../../core/lobby/lobbyList.ts'
import { Button } from '../../ui/Button.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import styles from './RoomList.module.css'

export interface RoomRowProps {
  readonly room: ListedRoom
  readonly index: number
  /** Of all rooms in the list, built or not. */
  readonly count: number
  /** From the list's top, in pixels. */
  readonly offset: number
  readonly ref: Ref<HTMLLIElement>
  readonly onJoin: (room: RoomSummary) => void
}

/** One room: its name, what it is about, how many are there, and the way in. */
export const RoomRow = memo(function RoomRow({ ref, room, index, count, offset, onJoin }: RoomRowProps) {
  const { t } = useTranslation()
  return (
    <li
      ref={ref}
      className={styles['row']}
      data-index={index}
      data-room-id={room.id}
      data-closed={room.isClosed || undefined}
      aria-posinset={index + 1}
      aria-setsize={count}
      style={{ transform: `translateY(${offset}px)` }}
    >
      <div className={styles['about']}>
        <span className={styles['name']} title={room.name} dir="auto">
          {room.name}
        </span>
        {room.privacy === 'private' ? (
          <span className={styles['private']}>
            <Lock size={14} aria-hidden />
            {t('lobby.private')}
          </span>
        ) : null}
        {room.tags.length > 0 ? (
          <span className={styles['tags']}>
            {room.tags.map((tag) => (
              <Tag key={tag}>{tag}</Tag>
            ))}
          </span>
        ) : null}
      </div>
      <span className={styles['count']} data-lively={room.participantCount > 0 || undefined}>
        <Users size={15} aria-hidden />
        <span aria-hidden>
          {room.participantCount}/{room.capacity}
        </span>
        <VisuallyHidden>
          {t('lobby.occupancy', { count: room.participantCount, capacity: room.capacity })}
        </VisuallyHidden>
      </span>
      <div className={styles['join']}>
        <RoomAction room={room} onJoin={onJoin} />
      </div>
    </li>
  )
})

function RoomAction({ room, onJoin }: Pick<RoomRowProps, 'room' | 'onJoin'>) {
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
