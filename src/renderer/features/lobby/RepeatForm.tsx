import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { weekdays } from '../../core/recurring/weeklyRule.ts'
import { nameWeekday } from '../../messages/describeOccasion.ts'
import { Select } from '../../ui/Select.tsx'
import { TagToggle } from '../../ui/Tag.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { durationsMinutes, type RepeatFields, type RepeatProblems, toggleDay } from './parseRepeat.ts'
import styles from './RepeatForm.module.css'

/** On which days, when and how long. */
export function RepeatForm({
  fields,
  problems,
  onChange,
}: {
  readonly fields: RepeatFields
  readonly problems: RepeatProblems
  readonly onChange: (fields: RepeatFields) => void
}) {
  const { t, i18n } = useTranslation()
  const zones = useMemo(() => {
    const known = Intl.supportedValuesOf('timeZone')
    const all = known.includes(fields.timeZone) ? known : [fields.timeZone, ...known]
    return all.map((value) => ({ value, label: value.replaceAll('_', ' ') }))
  }, [fields.timeZone])
  const lengths = useMemo(() => {
    const known: readonly number[] = durationsMinutes
    return known.includes(fields.durationMinutes) ? known : [fields.durationMinutes, ...known]
  }, [fields.durationMinutes])
  return (
    <div className={styles['form']}>
      <fieldset className={styles['days']}>
        <legend className={styles['legend']}>{t('recurring.days')}</legend>
        <div className={styles['toggles']}>
          {weekdays.map((day) => (
            <TagToggle
              key={day}
              pressed={fields.days.includes(day)}
              label={nameWeekday(i18n.language, day, 'long')}
              onPress={() => onChange({ ...fields, days: toggleDay(fields.days, day) })}
            >
              {nameWeekday(i18n.language, day, 'short')}
            </TagToggle>
          ))}
        </div>
        {problems.days ? (
          <p className={styles['error']} role="alert">
            {t('recurring.daysMissing')}
          </p>
        ) : null}
      </fieldset>
      <div className={styles['row']}>
        <TextField
          label={t('recurring.time')}
          type="time"
          value={fields.time}
          error={problems.time && t('recurring.timeMissing')}
          onChange={(event) => onChange({ ...fields, time: event.target.value })}
        />
        <Select
          label={t('recurring.duration')}
          value={String(fields.durationMinutes)}
          options={lengths.map((minutes) => ({
            value: String(minutes),
            label:
              minutes % 60 === 0
                ? t('recurring.durationHours', { count: minutes / 60 })
                : t('recurring.durationMinutes', { count: minutes }),
          }))}
          onChange={(value) => onChange({ ...fields, durationMinutes: Number(value) })}
        />
      </div>
      <Select
        label={t('recurring.timeZone')}
        value={fields.timeZone}
        options={zones}
        onChange={(timeZone) => onChange({ ...fields, timeZone })}
      />
    </div>
  )
}
