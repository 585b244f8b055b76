import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallSnapshot, PersonSnapshot } from '../../core/call/callSnapshot.ts'
import { planGrid } from '../../core/layout/planGrid.ts'
import { planPages } from '../../core/layout/planPages.ts'
import { useRoom } from '../../stores/services.ts'
import { GridPager } from './GridPager.tsx'
import { PersonTile } from './PersonTile.tsx'
import { SelfTile } from './SelfTile.tsx'
import styles from './TileGrid.module.css'
import { useWindowVisibility } from './useWindowVisibility.ts'

const TILE_GAP = 12

export interface TileGridProps {
  /** In the order of joining, so that nobody changes places when somebody comes. */
  readonly others: readonly PersonSnapshot[]
  readonly self: Extract<CallSnapshot, { kind: 'live' }>['self']
}

/** Everybody, as large as the space allows; oneself last. More than fit stand on further pages, and only the open one is built. */
export function TileGrid({ others, self }: TileGridProps) {
  const { t } = useTranslation()
  const { quality } = useRoom()
  const box = useRef<HTMLElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  const [wantedPage, setWantedPage] = useState(0)
  useWindowVisibility()
  useEffect(() => {
    if (box.current === null) return undefined
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    observer.observe(box.current)
    return () => observer.disconnect()
  }, [])

  const plan = useMemo(() => planPages(others.length, wantedPage), [others.length, wantedPage])
  const shown = others.slice(plan.start, plan.end)
  useEffect(() => {
    for (const { connectionId } of [...others.slice(0, plan.start), ...others.slice(plan.end)]) {
      quality.showTile(connectionId, null)
    }
  }, [quality, others, plan])

  const count = shown.length + 1
  const { tiles } = useMemo(() => planGrid(count, { ...size, gap: TILE_GAP }), [count, size])
  const selfRect = tiles[count - 1]
  return (
    <>
      <section ref={box} aria-label={t('room.people')} className={styles['grid']}>
        {shown.map((person, index) => {
          const rect = tiles[index]
          return rect ? <PersonTile key={person.connectionId} person={person} rect={rect} /> : null
        })}
        {selfRect ? <SelfTile self={self} rect={selfRect} /> : null}
      </section>
      {plan.pageCount > 1 ? (
        <GridPager plan={plan} othersCount={others.length} onTurn={setWantedPage} />
      ) : null}
    </>
  )
}
