import { Download } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { StudyStatistics } from '../../../shared/api/study.ts'
import { selectWeek, toCsv } from '../../core/study/selectWeek.ts'
import { describeRoomsFailure } from '../../messages/describeFailure.ts'
import { useSession } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { WeekChart } from './WeekChart.tsx'
import styles from './WeekDialog.module.css'

/** What one has studied, for oneself alone. */
export function WeekDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { study } = useSession()
  const { statistics, isBusy, failure } = useStore(study.store)
  useEffect(() => {
    void study.readStatistics()
  }, [study])
  return (
    <Dialog title={t('lobby.week.title')} closeLabel={t('lobby.week.close')} onClose={onClose}>
      <div className={styles['dialog']}>
        {statistics === null && isBusy ? <p className={styles['quiet']}>{t('lobby.week.reading')}</p> : null}
        {failure === null ? null : (
          <Notice
            tone="danger"
            action={<Button onClick={() => void study.readStatistics()}>{t('lobby.week.again')}</Button>}
          >
            {describeRoomsFailure(t, failure)}
          </Notice>
        )}
        {statistics === null ? null : <Week statistics={statistics} />}
      </div>
    </Dialog>
  )
}

function Week({ statistics }: { readonly statistics: StudyStatistics }) {
  const { t } = useTranslation()
  const week = selectWeek(statistics)
  const minutes = week.reduce((sum, day) => sum + day.focusedMinutes, 0)
  const { streak, totals } = statistics
  const hasGoals = totals.doneCount + totals.partlyCount + totals.notDoneCount > 0
  return (
    <>
      <div className={styles['figures']}>
        <p className={styles['figure']}>
          {t('lobby.week.focusedHours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })}
        </p>
        <p className={styles['figure']}>{t('lobby.week.streak', { count: streak.currentDays })}</p>
      </div>
      {week.every((day) => day.presentMinutes === 0) ? (
        <p className={styles['quiet']}>{t('lobby.week.empty')}</p>
      ) : (
        <WeekChart week={week} />
      )}
      <p className={styles['quiet']}>
        {streak.longestDays === 0 ? null : t('lobby.week.streakHint', { longest: streak.longestDays })}{' '}
        {hasGoals
          ? t('lobby.week.goals', {
              done: totals.doneCount,
              partly: totals.partlyCount,
              notDone: totals.notDoneCount,
            })
          : null}
      </p>
      <div className={styles['actions']}>
        <Button
          icon={<Download size={16} aria-hidden />}
          onClick={() => save(`studyhall-${statistics.today}.csv`, toCsv(statistics.days))}
        >
          {t('lobby.week.export')}
        </Button>
      </div>
    </>
  )
}

/** As any download of the browser's. */
function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
