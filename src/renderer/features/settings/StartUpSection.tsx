import { useTranslation } from 'react-i18next'
import { Switch } from '../../ui/Switch.tsx'
import styles from './Settings.module.css'
import { SettingsGroup } from './SettingsGroup.tsx'
import { useSettings } from './useSettings.ts'

/** When Studyhall begins, whether closing its window ends it, and how one comes in from the tray. */
export function StartUpSection() {
  const { t } = useTranslation()
  const [{ startUp, closeToTray, quickJoin }, update] = useSettings()
  return (
    <SettingsGroup>
      <Switch
        label={t('settings.startUp.atLogin')}
        checked={startUp.atLogin}
        onChange={(atLogin) => update({ startUp: { atLogin } })}
      />
      {startUp.atLogin ? (
        <div className={styles['indented']}>
          <Switch
            label={t('settings.startUp.minimised')}
            hint={t('settings.startUp.minimisedHint')}
            checked={startUp.minimised}
            onChange={(minimised) => update({ startUp: { minimised } })}
          />
        </div>
      ) : null}
      <Switch
        label={t('settings.startUp.closeToTray')}
        hint={t('settings.startUp.closeToTrayHint')}
        checked={closeToTray}
        onChange={(next) => update({ closeToTray: next })}
      />
      <Switch
        label={t('settings.startUp.quickJoinMuted')}
        hint={t('settings.startUp.quickJoinHint')}
        checked={quickJoin.muted}
        onChange={(muted) => update({ quickJoin: { muted } })}
      />
      <Switch
        label={t('settings.startUp.quickJoinCameraOff')}
        checked={quickJoin.cameraOff}
        onChange={(cameraOff) => update({ quickJoin: { cameraOff } })}
      />
    </SettingsGroup>
  )
}
