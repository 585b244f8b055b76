import { useTranslation } from 'react-i18next'
import { Select } from '../../ui/Select.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { SettingsGroup } from './SettingsGroup.tsx'
import { useSettings } from './useSettings.ts'

/** How long before a room begins somebody may want to know. */
const minutesBefore = [1, 5, 10, 15, 30, 60]

/** What the system may tell of while Studyhall is behind other windows. */
export function NotificationsSection() {
  const { t } = useTranslation()
  const [{ notifications }, update] = useSettings()
  // Whatever stands in the settings is among the choices.
  const choices = [...new Set([...minutesBefore, notifications.minutesBefore])].toSorted((a, b) => a - b)
  return (
    <SettingsGroup>
      <Switch
        label={t('settings.notifications.upcoming')}
        hint={t('settings.notifications.upcomingHint')}
        checked={notifications.upcomingRooms}
        onChange={(upcomingRooms) => update({ notifications: { upcomingRooms } })}
      />
      {notifications.upcomingRooms ? (
        <Select
          label={t('settings.notifications.before')}
          value={String(notifications.minutesBefore)}
          options={choices.map((count) => ({
            value: String(count),
            label: t('settings.notifications.minutes', { count }),
          }))}
          onChange={(value) => update({ notifications: { minutesBefore: Number(value) } })}
        />
      ) : null}
    </SettingsGroup>
  )
}
