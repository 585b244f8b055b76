import { useTranslation } from 'react-i18next'
import type { Room } from '../../../shared/domain/room.ts'
import {
  ROOM_CAPACITY_MAX,
  ROOM_NAME_MAX_LENGTH,
  ROOM_PASSWORD_MAX_LENGTH,
  ROOM_TAG_MAX_LENGTH,
  ROOM_TAGS_MAX_COUNT,
} from '../../../shared/limits.ts'
import type { RoomSettingsFields, RoomSettingsProblems } from '../../core/rooms/planRoomChanges.ts'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { TextField } from '../../ui/TextField.tsx'

/** What may be changed about a room. What does not fit is said below each field. */
export function RoomSettingsFieldset({
  room,
  fields,
  problems,
  onChange,
}: {
  readonly room: Room
  readonly fields: RoomSettingsFields
  readonly problems: RoomSettingsProblems
  readonly onChange: (changed: Partial<RoomSettingsFields>) => void
}) {
  const { t } = useTranslation()
  const allowed = [
    'allowChat',
    'allowVideo',
    'allowScreenshare',
    'allowTimerControl',
    'allowRecording',
  ] as const
  return (
    <>
      <TextField
        label={t('newRoom.name')}
        value={fields.name}
        maxLength={ROOM_NAME_MAX_LENGTH}
        autoComplete="off"
        error={
          problems.name === 'missing'
            ? t('newRoom.nameMissing')
            : problems.name && t('newRoom.nameTooLong', { max: ROOM_NAME_MAX_LENGTH })
        }
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <TextField
        label={t('newRoom.tags')}
        hint={t('newRoom.tagsHint', { count: ROOM_TAGS_MAX_COUNT })}
        value={fields.tags}
        autoComplete="off"
        error={
          problems.tags === 'tooMany'
            ? t('newRoom.tagsTooMany', { max: ROOM_TAGS_MAX_COUNT })
            : problems.tags && t('newRoom.tagTooLong', { max: ROOM_TAG_MAX_LENGTH })
        }
        onChange={(event) => onChange({ tags: event.target.value })}
      />
      <TextField
        label={t('room.settings.capacity')}
        hint={t('room.settings.capacityHint')}
        value={fields.capacity}
        inputMode="numeric"
        autoComplete="off"
        error={problems.capacity && t('room.settings.capacityOutside', { max: ROOM_CAPACITY_MAX })}
        onChange={(event) => onChange({ capacity: event.target.value })}
      />
      <RadioGroup
        label={t('newRoom.privacy')}
        value={fields.privacy}
        options={[
          { value: 'public', label: t('newRoom.public'), hint: t('newRoom.publicHint') },
          { value: 'private', label: t('newRoom.private'), hint: t('room.settings.privateHint') },
        ]}
        onChange={(privacy) => onChange({ privacy })}
      />
      {fields.privacy === 'private' ? (
        <Switch
          label={t('newRoom.waitingRoom')}
          hint={t('newRoom.waitingRoomHint')}
          checked={fields.waitingRoom}
          onChange={(waitingRoom) => onChange({ waitingRoom })}
        />
      ) : null}
      <Switch
        label={t('room.settings.locked')}
        hint={t('room.peoplePanel.lockHint')}
        checked={fields.isLocked}
        onChange={(isLocked) => onChange({ isLocked })}
      />
      {fields.removesPassword ? null : (
        <TextField
          label={room.hasPassword ? t('room.settings.newPassword') : t('newRoom.password')}
          hint={room.hasPassword ? t('room.settings.keepPassword') : t('room.settings.noPassword')}
          value={fields.password}
          maxLength={ROOM_PASSWORD_MAX_LENGTH}
          autoComplete="off"
          spellCheck={false}
          error={problems.password && t('newRoom.passwordTooLong', { max: ROOM_PASSWORD_MAX_LENGTH })}
          onChange={(event) => onChange({ password: event.target.value })}
        />
      )}
      {room.hasPassword ? (
        <Switch
          label={t('room.settings.removePassword')}
          checked={fields.removesPassword}
          onChange={(removesPassword) => onChange({ removesPassword })}
        />
      ) : null}
      {allowed.map((key) => (
        <Switch
          key={key}
          label={t(`room.settings.${key}`)}
          {...(key === 'allowRecording' ? { hint: t('room.settings.allowRecordingHint') } : {})}
          checked={fields[key]}
          onChange={(isAllowed) => onChange({ [key]: isAllowed })}
        />
      ))}
    </>
  )
}
