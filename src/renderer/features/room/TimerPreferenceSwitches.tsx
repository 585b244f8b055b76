import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { defaultSettings, type SettingsPatch } from '../../../shared/settings/settings.ts'
import { useApp } from '../../stores/services.ts'
import { Switch } from '../../ui/Switch.tsx'
import styles from './TimerPanel.module.css'

/** What the room's timer may do to oneself; holds at once and is remembered. */
export function TimerPreferenceSwitches() {
  const { t } = useTranslation()
  const { settings } = useApp()
  const chosen = useStore(settings.store, (state) => (state.settings ?? defaultSettings).timer)
  function choose(patch: NonNullable<SettingsPatch['timer']>): void {
    settings.update({ timer: patch })
  }
  return (
    <div className={styles['preferences']}>
      <h3 className={styles['heading']}>{t('room.timer.yours')}</h3>
      <Switch
        label={t('room.timer.closesMicrophone')}
        checked={chosen.closesMicrophone}
        onChange={(closesMicrophone) => choose({ closesMicrophone })}
      />
      {chosen.closesMicrophone ? (
        <Switch
          label={t('room.timer.opensMicrophone')}
          hint={t('room.timer.opensMicrophoneHint')}
          checked={chosen.opensMicrophone}
          onChange={(opensMicrophone) => choose({ opensMicrophone })}
        />
      ) : null}
      <Switch
        label={t('room.timer.calmsVideo')}
        hint={t('room.timer.calmsVideoHint')}
        checked={chosen.calmsVideo}
        onChange={(calmsVideo) => choose({ calmsVideo })}
      />
      <Switch
        label={t('room.timer.playsSounds')}
        checked={chosen.playsSounds}
        onChange={(playsSounds) => choose({ playsSounds })}
      />
    </div>
  )
}
