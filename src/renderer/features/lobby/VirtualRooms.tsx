import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useState } from 'react'
import type { RoomSummary } from '../../../shared/domain/room.ts'
import type { KnownByRoom } from '../../controllers/lobby/createLobbyAside.ts'
import type { ListedRoom } from '../../core/lobby/lobbyList.ts'
import { selectRoomPhase } from '../../core/lobby/roomPhase.ts'
import styles from './RoomList.module.css'
import { RoomRow } from './RoomRow.tsx'
import { useHold } from './useHold.ts'
import { useServerNow } from './useServerNow.ts'

/** A row with one line of words; what it really takes is measured. */
const ROW_HEIGHT_PX = 69
/** Rows built beyond those in sight. */
const OVERSCAN = 6

/** The rooms, of which only those near the window are built. The row that has the focus stays built wherever it is scrolled to. */
export function VirtualRooms({
  label,
  rooms,
  known,
  hold,
  onJoin,
}: {
  readonly label: string
  readonly rooms: readonly ListedRoom[]
  readonly known: KnownByRoom
  readonly hold: (by: object, isHeld: boolean) => void
  readonly onJoin: (room: RoomSummary) => void
}) {
  const list = useHold(hold)
  const nowMs = useServerNow()
  const [scrollMargin, setScrollMargin] = useState(0)
  const [focusedId, setFocusedId] = useState<string | null>(null)
  const getScroller = useCallback(() => list.current?.closest('main') ?? null, [list])
  useLayoutEffect(() => {
    // What stands above the list comes and goes.
    const scroller = getScroller()
    if (scroller === null || list.current === null) return
    const above = list.current.getBoundingClientRect().top - scroller.getBoundingClientRect().top
    setScrollMargin(Math.round(above + scroller.scrollTop))
  }, [getScroller, list, rooms])
  useEffect(() => {
    const element = list.current
    if (element === null) return undefined
    const end = new AbortController()
    const handleFocus = ({ target }: FocusEvent) => {
      const row = target instanceof Element ? target.closest<HTMLElement>('[data-room-id]') : null
      setFocusedId(row?.dataset['roomId'] ?? null)
    }
    element.addEventListener('focusin', handleFocus, { signal: end.signal })
    element.addEventListener('focusout', () => setFocusedId(null), { signal: end.signal })
    return () => end.abort()
  }, [list])
  const focusedIndex = rooms.findIndex(({ id }) => id === focusedId)
  // Nothing of it goes into anything memoised but its stable ref: rows get numbers.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: rooms.length,
    getScrollElement: getScroller,
    estimateSize: () => ROW_HEIGHT_PX,
    overscan: OVERSCAN,
    scrollMargin,
    getItemKey: (index) => rooms[index]?.id ?? index,
    rangeExtractor: (range: Range) => {
      const shown = defaultRangeExtractor(range)
      return focusedIndex === -1 || shown.includes(focusedIndex)
        ? shown
        : [...shown, focusedIndex].sort((a, b) => a - b)
    },
  })
  return (
    <ul
      ref={list}
      aria-label={label}
      className={styles['list']}
      style={{ height: virtualizer.getTotalSize() + 2 }}
    >
      {virtualizer.getVirtualItems().map(({ index, key, start }) => {
        const room = rooms[index]
        return room === undefined ? null : (
          <RoomRow
            key={key}
            ref={virtualizer.measureElement}
            room={room}
            known={known.get(room.id)}
            phase={selectRoomPhase(room.timer, nowMs)}
            index={index}
            count={rooms.length}
            offset={start - scrollMargin}
            onJoin={onJoin}
          />
        )
      })}
    </ul>
  )
}
