import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { RoomSummary } from '../../../shared/domain/room.ts'
import { isNarrowed } from '../../core/lobby/lobbyList.ts'
import { selectRoomPhase } from '../../core/lobby/roomPhase.ts'
import { useSession } from '../../stores/services.ts'
import { KnownPeople } from './KnownPeople.tsx'
import styles from './RecentRooms.module.css'
import { RoomAction } from './RoomAction.tsx'
import { RoomCount } from './RoomCount.tsx'
import { RoomPhaseLine } from './RoomPhaseLine.tsx'
import { useHold } from './useHold.ts'
import { useServerNow } from './useServerNow.ts'

/** Back to where one was lately. Nothing at all while something is looked for: then they stand in the list, where they fit. */
export function RecentRooms({ onJoin }: { readonly onJoin: (room: RoomSummary) => void }) {
  const { t } = useTranslation()
  const { lobby } = useSession()
  const { recent, known, query } = useStore(lobby.store)
  const titleId = useId()
  const list = useHold(lobby.hold)
  const nowMs = useServerNow()
  const isShown = recent.rooms.length > 0 && !isNarrowed(query)
  return (
    <section className={styles['section']} aria-labelledby={titleId} hidden={!isShown}>
      <h2 id={titleId} className={styles['title']}>
        {t('lobby.recent')}
      </h2>
      <ul ref={list} className={styles['rooms']} aria-labelledby={titleId}>
        {recent.rooms.map((room) => (
          <li key={room.id} className={styles['room']} data-recent-id={room.id}>
            <span className={styles['about']}>
              <span className={styles['name']} title={room.name} dir="auto">
                {room.name}
              </span>
              <span className={styles['state']}>
                <RoomCount room={room} />
                <RoomPhaseLine view={selectRoomPhase(room.timer, nowMs)} />
                <KnownPeople isShort known={known.get(room.id)} />
              </span>
            </span>
            <RoomAction room={room} onJoin={onJoin} />
          </li>
        ))}
      </ul>
    </section>
  )
}
