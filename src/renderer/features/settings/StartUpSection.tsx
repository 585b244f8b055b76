import { useTranslation } from 'react-i18next'
import { Switch } from '../../ui/Switch.tsx'
import styles from './Settings.module.css'
import { SettingsGroup } from './SettingsGroup.tsx'
import { useSettings } from './useSettings.ts'

/** When Studyhall begins, and whether closing its window ends it. */
export function StartUpSection() {
  const { t } = useTranslation()
  const [{ startUp, closeToTray }, update] = useSettings()
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
    </SettingsGroup>
  )
}
