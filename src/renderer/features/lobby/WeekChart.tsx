import type { TFunction } from 'i18next'
import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { selectChartTopMinutes, type StudyDay } from '../../core/study/selectWeek.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
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
      <tbody data-top={describeMinutes(t, top)}>
        {week.map(({ day, focusedMinutes, presentMinutes, isToday }) => {
          const [focused, present] = [describeMinutes(t, focusedMinutes), describeMinutes(t, presentMinutes)]
          return (
            <tr
              key={day}
              data-today={isToday || undefined}
              style={variable('--taller', Math.max(focusedMinutes, presentMinutes) / top)}
            >
              <th scope="row">
                {isToday ? t('lobby.week.today') : weekday.format(new Date(`${day}T00:00:00Z`))}
              </th>
              <td
                className={styles['focused']}
                style={variable('--share', focusedMinutes / top)}
                title={focused}
              >
                {focusedMinutes === 0 ? null : (
                  <span className={styles['value']} aria-hidden>
                    {formatClock(i18n.language, focusedMinutes)}
                  </span>
                )}
                <VisuallyHidden>{focused}</VisuallyHidden>
              </td>
              <td
                className={styles['present']}
                style={variable('--share', presentMinutes / top)}
                title={present}
              >
                <VisuallyHidden>{present}</VisuallyHidden>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** A share of the chart's height, for the styles. */
function variable(name: '--share' | '--taller', share: number): CSSProperties {
  return { [name]: share }
}

/** "45 min", "2 h", "1 h 35 min". */
function describeMinutes(t: TFunction, total: number): string {
  const [hours, minutes] = [Math.floor(total / 60), total % 60]
  if (hours === 0) return t('lobby.week.minutes', { minutes })
  return minutes === 0
    ? t('lobby.week.hours', { hours })
    : t('lobby.week.hoursAndMinutes', { hours, minutes })
}

/** "1:35": short enough to stand above a bar, in any language. */
function formatClock(language: string, total: number): string {
  const write = (number: number, digits: number) =>
    new Intl.NumberFormat(language, { minimumIntegerDigits: digits }).format(number)
  return `${write(Math.floor(total / 60), 1)}:${write(total % 60, 2)}`
}
