import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { PagePlan } from '../../core/layout/planPages.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './RoomTiles.module.css'

export interface GridPagerProps {
  readonly plan: PagePlan
  readonly othersCount: number
  readonly onTurn: (page: number) => void
}

/** Turns the pages of a room that has more people than fit on one. Who is on no page is heard all the same. */
export function GridPager({ plan, othersCount, onTurn }: GridPagerProps) {
  const { t } = useTranslation()
  const { page, pageCount, start, end } = plan
  const isFirst = page === 0
  const isLast = page === pageCount - 1
  return (
    <nav className={styles['pager']} aria-label={t('room.pages.label')}>
      <Button
        variant="quiet"
        iconOnly
        aria-label={t('room.pages.previous')}
        busy={isFirst}
        icon={<ChevronLeft size={18} aria-hidden />}
        onClick={() => onTurn(page - 1)}
      />
      <output className={styles['pagerCount']}>
        {t('room.pages.range', { first: start + 1, last: end, count: othersCount })}
      </output>
      <Button
        variant="quiet"
        iconOnly
        aria-label={t('room.pages.next')}
        busy={isLast}
        icon={<ChevronRight size={18} aria-hidden />}
        onClick={() => onTurn(page + 1)}
      />
    </nav>
  )
}
