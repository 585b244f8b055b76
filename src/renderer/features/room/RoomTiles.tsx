import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { CallSnapshot, PersonSnapshot } from '../../core/call/callSnapshot.ts'
import { arrangeTiles } from '../../core/layout/arrangeTiles.ts'
import { useApp, useRoom } from '../../stores/services.ts'
import { FocusStage } from './FocusStage.tsx'
import { GridPager } from './GridPager.tsx'
import { type PersonQuestion, PersonQuestions } from './PersonQuestions.tsx'
import { PersonTile } from './PersonTile.tsx'
import styles from './RoomTiles.module.css'
import { ScreenTile } from './ScreenTile.tsx'
import { SelfTile } from './SelfTile.tsx'
import { useSeenPeople } from './useSeenPeople.ts'
import { useStage } from './useStage.ts'

const TILE_GAP = 12

export interface RoomTilesProps {
  /** In the order of joining, so that nobody changes places when somebody comes. */
  readonly others: readonly PersonSnapshot[]
  readonly self: Extract<CallSnapshot, { kind: 'live' }>['self']
  /** We opened the room. */
  readonly mayModerate: boolean
  readonly mayControlTimer: boolean
}

/**
 * Everybody, as large as the space allows, or who speaks large and the others small; oneself last. More than fit stand on further pages, and only
 * the open one is built. A change of view moves tiles and builds none anew.
 */
export function RoomTiles({ others, self, mayModerate, mayControlTimer }: RoomTilesProps) {
  const { t } = useTranslation()
  const { settings } = useApp()
  const { quality } = useRoom()
  const view = useStore(settings.store, (state) => state.settings?.roomView ?? 'grid')
  const hidesSelf = useStore(settings.store, (state) => state.settings?.hidesSelf === true)
  const box = useRef<HTMLElement>(null)
  const size = useSize(box)
  const [wantedPage, setWantedPage] = useState(0)
  const [question, setQuestion] = useState<PersonQuestion | null>(null)
  const seen = useSeenPeople(others)
  const { stage, pinned, pin } = useStage(view, seen)

  const {
    people,
    screen,
    self: selfRect,
    timer: timerRect,
    pages,
  } = useMemo(
    () =>
      arrangeTiles({
        view,
        people: others.map(({ connectionId }) => connectionId),
        stage,
        box: { ...size, gap: TILE_GAP },
        wantedPage,
        hasSelf: !hidesSelf,
      }),
    [view, others, stage, size, wantedPage, hidesSelf],
  )
  const shown = new Map(people.map((tile) => [tile.connectionId, tile]))
  useEffect(() => {
    const built = new Set(people.map(({ connectionId }) => connectionId))
    for (const { connectionId } of others) if (!built.has(connectionId)) quality.showTile(connectionId, null)
  }, [quality, others, people])

  useEffect(() => {
    quality.setScreensShown(view !== 'focus')
  }, [quality, view])

  /** Somebody is put in the large place, or nobody any more; who is chosen in the grid is seen large from then on. */
  const choose = useCallback(
    (connectionId: string | null) => {
      pin(connectionId)
      if (connectionId !== null) settings.update({ roomView: 'speaker' })
    },
    [pin, settings],
  )
  const sharing = others.find(({ connectionId }) => connectionId === screen?.connectionId)
  return (
    <div className={styles['people']}>
      <section ref={box} aria-label={t('room.people')} className={styles['grid']}>
        {screen !== null && sharing !== undefined ? (
          <ScreenTile key={`screen ${screen.connectionId}`} person={sharing} rect={screen.rect} />
        ) : null}
        {others.map((person) => {
          const tile = shown.get(person.connectionId)
          return tile === undefined ? null : (
            <PersonTile
              key={person.connectionId}
              person={person}
              rect={tile.rect}
              isMain={tile.isMain}
              isPinned={view === 'speaker' && pinned === person.connectionId}
              mayModerate={mayModerate}
              onAsk={setQuestion}
              onPin={choose}
            />
          )
        })}
        {timerRect === null ? null : <FocusStage rect={timerRect} mayControl={mayControlTimer} />}
        {selfRect === null ? null : <SelfTile self={self} rect={selfRect} />}
      </section>
      <PersonQuestions question={question} onClose={() => setQuestion(null)} />
      {pages.pageCount > 1 ? (
        <GridPager
          plan={pages}
          othersCount={people.some(({ isMain }) => isMain) ? others.length - 1 : others.length}
          onTurn={setWantedPage}
        />
      ) : null}
    </div>
  )
}

/** The size of an element in CSS pixels, as it changes. */
function useSize(element: RefObject<HTMLElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 })
  useEffect(() => {
    if (element.current === null) return undefined
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return size
}
