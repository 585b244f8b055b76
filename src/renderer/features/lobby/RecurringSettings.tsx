import { useTranslation } from 'react-i18next'
import type { RecurringRoom } from '../../../shared/api/recurringRooms.ts'
import { Switch } from '../../ui/Switch.tsx'
import styles from './RepeatForm.module.css'

/** What the rooms of a recurring one allow, all of it said. */
export type RecurringSettingsFields = Readonly<Record<keyof RecurringRoom['settings'], boolean>>

const allowed = [
  'allowChat',
  'allowVideo',
  'allowScreenshare',
  'allowTimerControl',
  'allowRecording',
] as const

/** The settings of a recurring room, with what is so where nothing was chosen. */
export function toSettingsFields({ settings }: RecurringRoom): RecurringSettingsFields {
  return {
    ...settings,
    allowRecording: settings.allowRecording ?? true,
    waitingRoom: settings.waitingRoom ?? false,
  }
}

/** What the rooms of a recurring room allow, to be chosen. */
export function RecurringSettings({
  fields,
  hasWaitingRoom,
  onChange,
}: {
  readonly fields: RecurringSettingsFields
  /** A waiting room is for private rooms. */
  readonly hasWaitingRoom: boolean
  readonly onChange: (fields: RecurringSettingsFields) => void
}) {
  const { t } = useTranslation()
  return (
    <fieldset className={styles['settings']}>
      <legend className={styles['legend']}>{t('recurring.settings')}</legend>
      {hasWaitingRoom ? (
        <Switch
          label={t('newRoom.waitingRoom')}
          hint={t('newRoom.waitingRoomHint')}
          checked={fields.waitingRoom}
          onChange={(waitingRoom) => onChange({ ...fields, waitingRoom })}
        />
      ) : null}
      {allowed.map((key) => (
        <Switch
          key={key}
          label={t(`room.settings.${key}`)}
          checked={fields[key]}
          onChange={(isAllowed) => onChange({ ...fields, [key]: isAllowed })}
        />
      ))}
      <p className={styles['hint']}>{t('recurring.settingsHint')}</p>
    </fieldset>
  )
}
