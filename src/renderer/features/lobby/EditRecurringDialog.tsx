import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecurringRoom } from '../../../shared/api/recurringRooms.ts'
import { ROOM_NAME_MAX_LENGTH } from '../../../shared/limits.ts'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import { describeRoomsFailure } from '../../messages/describeFailure.ts'
import { useSession } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './NewRoomDialog.module.css'
import { parseRepeat, type RepeatProblems, toRepeatFields } from './parseRepeat.ts'
import { RecurringSettings, toSettingsFields } from './RecurringSettings.tsx'
import { RepeatForm } from './RepeatForm.tsx'

/** Changes a recurring room's name, its times and what its rooms allow. A live room keeps what it has until the next one. */
export function EditRecurringDialog({
  room,
  onClose,
}: {
  readonly room: RecurringRoom
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const { recurring } = useSession()
  const [name, setName] = useState(room.name)
  const [repeat, setRepeat] = useState(() => toRepeatFields(room))
  const [settings, setSettings] = useState(() => toSettingsFields(room))
  const [problems, setProblems] = useState<RepeatProblems & { readonly name?: 'missing' }>({})
  const [failure, setFailure] = useState<RoomsFailure | null>(null)
  const [isBusy, setBusy] = useState(false)

  const submit = async () => {
    const rule = repeat === null ? null : parseRepeat(repeat, Date.now())
    const found = {
      ...(name.trim() === '' ? { name: 'missing' as const } : {}),
      ...(rule === null || rule.ok ? {} : rule.error),
    }
    setProblems(found)
    setFailure(null)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    const answer = await recurring.update(room.id, {
      name: name.trim(),
      settings,
      ...(rule?.ok ? rule.value : {}),
    })
    setBusy(false)
    if (answer.ok) onClose()
    else setFailure(answer.error)
  }
  return (
    <Dialog
      title={t('recurring.editTitle', { room: room.name })}
      closeLabel={t('newRoom.close')}
      onClose={onClose}
    >
      <form
        className={styles['form']}
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          if (!isBusy) void submit()
        }}
      >
        <TextField
          label={t('newRoom.name')}
          value={name}
          maxLength={ROOM_NAME_MAX_LENGTH}
          autoComplete="off"
          error={problems.name && t('newRoom.nameMissing')}
          onChange={(event) => setName(event.target.value)}
        />
        {repeat === null ? (
          <Notice tone="info">{t('recurring.keepRule')}</Notice>
        ) : (
          <RepeatForm fields={repeat} problems={problems} onChange={setRepeat} />
        )}
        <RecurringSettings
          fields={settings}
          hasWaitingRoom={room.privacy === 'private'}
          onChange={setSettings}
        />
        {failure ? <Notice tone="danger">{describeRoomsFailure(t, failure)}</Notice> : null}
        <div className={styles['actions']}>
          <Button variant="quiet" onClick={onClose}>
            {t('newRoom.cancel')}
          </Button>
          <Button type="submit" variant="primary" busy={isBusy}>
            {isBusy ? t('recurring.saving') : t('recurring.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
