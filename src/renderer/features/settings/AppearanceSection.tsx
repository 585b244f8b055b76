import { useTranslation } from 'react-i18next'
import { languages, matchLanguage } from '../../../shared/languages/languages.ts'
import type { Settings } from '../../../shared/settings/settings.ts'
import { SegmentedChoice } from '../../ui/SegmentedChoice.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { Select } from '../../ui/Select.tsx'
import { SettingsGroup } from './SettingsGroup.tsx'
import { useSettings } from './useSettings.ts'

/** Light or dark, how people in a room are shown, and the language. */
export function AppearanceSection() {
  const { t } = useTranslation()
  const [{ theme, language, roomView, hidesSelf }, update] = useSettings()
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
          { value: 'focus' as const, label: t('room.view.focus') },
        ]}
        onChange={(next) => update({ roomView: next })}
      />
      <Switch
        label={t('room.view.hideSelf')}
        hint={t('room.view.hideSelfHint')}
        checked={hidesSelf}
        onChange={(next) => update({ hidesSelf: next })}
      />
      <Select
        label={t('settings.appearance.language')}
        value={language === null ? '' : matchLanguage([language])}
        options={[
          { value: '', label: t('settings.appearance.languageSystem') },
          ...languages.map(({ tag, name }) => ({ value: tag, label: name, lang: tag })),
        ]}
        onChange={(value) => update({ language: value === '' ? null : value })}
      />
    </SettingsGroup>
  )
}
