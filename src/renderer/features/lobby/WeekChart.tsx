import { useTranslation } from 'react-i18next'
import { selectChartTopMinutes, type StudyDay } from '../../core/study/selectWeek.ts'
import styles from './WeekDialog.module.css'

/** Seven bars, each of what was focus and what was not. A table for those who do not see it, and for those who look closely. */
export function WeekChart({ week }: { readonly week: readonly StudyDay[] }) {
  const { t, i18n } = useTranslation()
  const top = selectChartTopMinutes(week)
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' })
  return (
    <table className={styles['chart']}>
      <caption className={styles['legend']}>
        <span className={styles['key']} data-kind="focused">
          {t('lobby.week.focused')}
        </span>
        <span className={styles['key']} data-kind="present">
          {t('lobby.week.present')}
        </span>
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('lobby.week.day')}</th>
          <th scope="col">{t('lobby.week.focused')}</th>
          <th scope="col">{t('lobby.week.present')}</th>
        </tr>
      </thead>
      <tbody>
        {week.map(({ day, focusedMinutes, presentMinutes, isToday }) => (
          <tr key={day} data-today={isToday || undefined}>
            <th scope="row">
              {isToday ? t('lobby.week.today') : weekday.format(new Date(`${day}T00:00:00Z`))}
            </th>
            <td
              className={styles['focused']}
              style={{ blockSize: `${(focusedMinutes / top) * 100}%` }}
              title={t('lobby.week.minutes')}
            >
              {focusedMinutes}
            </td>
            <td className={styles['present']} style={{ blockSize: `${(presentMinutes / top) * 100}%` }}>
              {presentMinutes}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
