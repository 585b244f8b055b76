import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { RoomSummary } from '../../../shared/domain/room.ts'
import { selectListed } from '../../core/lobby/lobbyList.ts'
import { parseRoomCode } from '../../core/lobby/parseRoomCode.ts'
import { describeRoomsFailure } from '../../messages/describeFailure.ts'
import { useSession } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { EmptyRooms } from './EmptyRooms.tsx'
import { RoomByCode } from './RoomByCode.tsx'
import styles from './RoomList.module.css'
import { RoomListSkeleton } from './RoomListSkeleton.tsx'
import { VirtualRooms } from './VirtualRooms.tsx'

/** The rooms, or what stands in their place: their shape, nothing to show, or why they could not be read. */
export function RoomList({
  onJoin,
  onOpenRoom,
}: {
  readonly onJoin: (room: RoomSummary) => void
  /** The person wants to open a room, where there is none. */
  readonly onOpenRoom: () => void
}) {
  const { t } = useTranslation()
  const { lobby } = useSession()
  const { list, recent, known, reading, more, query } = useStore(lobby.store)
  const rooms = useMemo(() => selectListed(list, recent, query), [list, recent, query])
  const isEmpty = list.rooms.length === 0
  const code = parseRoomCode(query.text)
  // What may be a name as well stands above what is found by it.
  const isCodeAlone = code !== null && (code.kind !== 'unknownInvite' || isEmpty)
  const byCode = code === null ? null : <RoomByCode key={query.text} code={code} />
  if (isCodeAlone) return <div className={styles['stack']}>{byCode}</div>

  if (reading.kind === 'loading' && isEmpty) return <RoomListSkeleton />
  if (reading.kind === 'ready' && isEmpty) return <EmptyRooms onOpenRoom={onOpenRoom} />
  return (
    <div className={styles['stack']}>
      {byCode}
      {reading.kind === 'failed' ? (
        <Notice
          tone="danger"
          title={t('lobby.failedTitle')}
          action={<Button onClick={lobby.retry}>{t('lobby.retry')}</Button>}
        >
          {describeRoomsFailure(t, reading.failure)}
        </Notice>
      ) : null}
      {rooms.length === 0 ? (
        isEmpty ? null : (
          <p className={styles['others']}>{t('lobby.noOthers')}</p>
        )
      ) : (
        <VirtualRooms label={t('lobby.list')} rooms={rooms} known={known} hold={lobby.hold} onJoin={onJoin} />
      )}
      {more === null ? null : <MoreRooms state={more} onMore={lobby.readMore} />}
    </div>
  )
}

/** Reads on when the end of the list comes near; the button does the same by hand. */
function MoreRooms({
  state,
  onMore,
}: {
  readonly state: 'idle' | 'loading' | 'failed'
  readonly onMore: () => void
}) {
  const { t } = useTranslation()
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (state !== 'idle' || end.current === null) return undefined
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) onMore()
      },
      { rootMargin: '400px' },
    )
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [state, onMore])
  return (
    <div ref={end} className={styles['more']}>
      {state === 'failed' ? <span className={styles['moreFailed']}>{t('lobby.moreFailed')}</span> : null}
      <Button variant="quiet" busy={state === 'loading'} onClick={onMore}>
        {state === 'loading' ? t('lobby.moreLoading') : t('lobby.more')}
      </Button>
    </div>
  )
}
