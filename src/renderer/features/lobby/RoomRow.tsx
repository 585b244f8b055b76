import { Lock } from 'lucide-react'
import { memo, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoomSummary } from '../../../shared/domain/room.ts'
import type { KnownInRoom } from '../../controllers/lobby/createLobbyAside.ts'
import type { ListedRoom } from '../../core/lobby/lobbyList.ts'
import { isSamePhase, type RoomPhaseView } from '../../core/lobby/roomPhase.ts'
import { Tag } from '../../ui/Tag.tsx'
import { KnownPeople } from './KnownPeople.tsx'
import { RoomAction } from './RoomAction.tsx'
import { RoomCount } from './RoomCount.tsx'
import styles from './RoomList.module.css'
import { RoomPhaseLine } from './RoomPhaseLine.tsx'

export interface RoomRowProps {
  readonly room: ListedRoom
  readonly known: KnownInRoom | undefined
  readonly phase: RoomPhaseView | null
  readonly index: number
  /** Of all rooms in the list, built or not. */
  readonly count: number
  /** From the list's top, in pixels. */
  readonly offset: number
  readonly ref: Ref<HTMLLIElement>
  readonly onJoin: (room: RoomSummary) => void
}

/** One room: its name, what it is about, its phase, how many are there, and the way in. */
export const RoomRow = memo(function RoomRow({
  ref,
  room,
  known,
  phase,
  index,
  count,
  offset,
  onJoin,
}: RoomRowProps) {
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
        <KnownPeople known={known} />
      </div>
      <div className={styles['facts']}>
        <RoomPhaseLine view={phase} />
        <RoomCount room={room} />
      </div>
      <div className={styles['join']}>
        <RoomAction room={room} onJoin={onJoin} />
      </div>
    </li>
  )
}, isSameRow)

/** A row is drawn anew when something in it has changed, which its minutes have not every time that the list looks at the clock. */
function isSameRow({ phase: before, ...old }: RoomRowProps, { phase: now, ...next }: RoomRowProps): boolean {
  const were = new Map<string, unknown>(Object.entries(old))
  return (
    isSamePhase(before, now) && Object.entries(next).every(([key, value]) => Object.is(were.get(key), value))
  )
}
