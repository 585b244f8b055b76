import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallSnapshot, PersonSnapshot } from '../../core/call/callSnapshot.ts'
import { planGrid } from '../../core/layout/planGrid.ts'
import { PersonTile } from './PersonTile.tsx'
import { SelfTile } from './SelfTile.tsx'
import styles from './TileGrid.module.css'

const TILE_GAP = 12

export interface TileGridProps {
  /** In the order of joining, so that nobody changes places when somebody comes. */
  readonly others: readonly PersonSnapshot[]
  readonly self: Extract<CallSnapshot, { kind: 'live' }>['self']
}

/** Everybody, as large as the space allows; oneself last. */
export function TileGrid({ others, self }: TileGridProps) {
  const { t } = useTranslation()
  const box = useRef<HTMLElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  useEffect(() => {
    if (box.current === null) return undefined
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    observer.observe(box.current)
    return () => observer.disconnect()
  }, [])

  const count = others.length + 1
  const { tiles } = useMemo(() => planGrid(count, { ...size, gap: TILE_GAP }), [count, size])
  const selfRect = tiles[count - 1]
  return (
    <section ref={box} aria-label={t('room.people')} className={styles['grid']}>
      {others.map((person, index) => {
        const rect = tiles[index]
        return rect ? <PersonTile key={person.connectionId} person={person} rect={rect} /> : null
      })}
      {selfRect ? <SelfTile self={self} rect={selfRect} /> : null}
    </section>
  )
}
