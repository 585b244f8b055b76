import { Play } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { defaultSettings } from '../../../shared/settings/settings.ts'
import type { TimerLengths } from '../../core/ports/roomTimer.ts'
import { readLength, selectPreset, timerLimits, timerPresets } from '../../core/timer/readLengths.ts'
import { useApp, useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { SegmentedChoice } from '../../ui/SegmentedChoice.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './TimerPanel.module.css'

const fields = ['focusMinutes', 'shortBreakMinutes', 'longBreakMinutes', 'rounds'] as const
type Texts = Readonly<Record<keyof TimerLengths, string>>

const CUSTOM = 'custom'

/** How long the phases are to be, and the button that starts the first one. */
export function TimerStart() {
  const { t } = useTranslation()
  const { settings } = useApp()
  const { timer } = useRoom()
  const isBusy = useStore(timer.store, (snapshot) => snapshot.isBusy)
  const remembered = useStore(settings.store, (state) => (state.settings ?? defaultSettings).timer)
  const [choice, setChoice] = useState(() => {
    const preset = selectPreset(remembered)
    return preset < 0 ? CUSTOM : String(preset)
  })
  const [texts, setTexts] = useState<Texts>(() => toTexts(remembered))
  const [isChecked, setChecked] = useState(false)

  const typed = readAll(texts)
  const lengths = choice === CUSTOM ? typed : (timerPresets[Number(choice)] ?? null)

  function handleSubmit(event: FormEvent): void {
    event.preventDefault()
    setChecked(true)
    if (lengths === null) return
    settings.update({ timer: lengths })
    void timer.start(lengths)
  }

  return (
    <form className={styles['form']} onSubmit={handleSubmit} noValidate>
      <SegmentedChoice
        label={t('room.timer.lengths')}
        value={choice}
        options={[
          ...timerPresets.map((preset, index) => ({
            value: String(index),
            label: t('room.timer.preset', { focus: preset.focusMinutes, break: preset.shortBreakMinutes }),
          })),
          { value: CUSTOM, label: t('room.timer.custom') },
        ]}
        onChange={setChoice}
      />
      {choice === CUSTOM ? (
        <div className={styles['numbers']}>
          {fields.map((field) => (
            <TextField
              key={field}
              label={t(`room.timer.${field}`)}
              inputMode="numeric"
              value={texts[field]}
              error={
                isChecked && readLength(field, texts[field]) === null
                  ? t('room.timer.notANumber', timerLimits[field])
                  : null
              }
              onChange={(event) => setTexts({ ...texts, [field]: event.target.value })}
            />
          ))}
        </div>
      ) : null}
      <Button type="submit" variant="primary" busy={isBusy} icon={<Play size={16} aria-hidden />}>
        {t('room.timer.start')}
      </Button>
    </form>
  )
}

function toTexts(lengths: TimerLengths): Texts {
  return {
    focusMinutes: String(lengths.focusMinutes),
    shortBreakMinutes: String(lengths.shortBreakMinutes),
    longBreakMinutes: String(lengths.longBreakMinutes),
    rounds: String(lengths.rounds),
  }
}

function readAll(texts: Texts): TimerLengths | null {
  const focusMinutes = readLength('focusMinutes', texts.focusMinutes)
  const shortBreakMinutes = readLength('shortBreakMinutes', texts.shortBreakMinutes)
  const longBreakMinutes = readLength('longBreakMinutes', texts.longBreakMinutes)
  const rounds = readLength('rounds', texts.rounds)
  if (focusMinutes === null || shortBreakMinutes === null || longBreakMinutes === null || rounds === null) {
    return null
  }
  return { focusMinutes, shortBreakMinutes, longBreakMinutes, rounds }
}
