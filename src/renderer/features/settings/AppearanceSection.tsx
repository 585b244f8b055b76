import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../shared/settings/settings.ts'
import { SegmentedChoice } from '../../ui/SegmentedChoice.tsx'
import { Select } from '../../ui/Select.tsx'
import styles from './Settings.module.css'
import { SettingsGroup } from './SettingsGroup.tsx'
import { useSettings } from './useSettings.ts'

/** Light or dark, how people in a room are shown, and the language. */
export function AppearanceSection() {
  const { t } = useTranslation()
  const [{ theme, language, roomView }, update] = useSettings()
  const hintId = useId()
  const themes: readonly { readonly value: Settings['theme']; readonly label: string }[] = [
    { value: 'system', label: t('account.themeSystem') },
    { value: 'light', label: t('account.themeLight') },
    { value: 'dark', label: t('account.themeDark') },
  ]
  return (
    <SettingsGroup>
      <SegmentedChoice
        label={t('account.theme')}
        value={theme}
        options={themes}
        onChange={(next) => update({ theme: next })}
      />
      <SegmentedChoice
        label={t('settings.appearance.roomView')}
        value={roomView}
        options={[
          { value: 'grid' as const, label: t('room.view.grid') },
          { value: 'speaker' as const, label: t('room.view.speaker') },
        ]}
        onChange={(next) => update({ roomView: next })}
      />
      <div className={styles['stack']}>
        <Select
          label={t('settings.appearance.language')}
          value={language === 'en' ? 'en' : ''}
          describedBy={hintId}
          options={[
            { value: '', label: t('settings.appearance.languageSystem') },
            { value: 'en', label: t('settings.appearance.languageEnglish') },
          ]}
          onChange={(value) => update({ language: value === '' ? null : value })}
        />
        <p id={hintId} className={styles['hint']}>
          {t('settings.appearance.languageHint')}
        </p>
      </div>
    </SettingsGroup>
  )
}
