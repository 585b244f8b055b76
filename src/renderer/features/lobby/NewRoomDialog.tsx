import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  ROOM_NAME_MAX_LENGTH,
  ROOM_PASSWORD_MAX_LENGTH,
  ROOM_TAG_MAX_LENGTH,
  ROOM_TAGS_MAX_COUNT,
} from '../../../shared/limits.ts'
import type { CreateRoomRequest } from '../../../shared/api/rooms.ts'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import { describeRoomsFailure } from '../../messages/describeFailure.ts'
import type { RoomTarget } from '../../stores/navigationStore.ts'
import { useSession } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { TagSuggestions } from './TagSuggestions.tsx'
import styles from './NewRoomDialog.module.css'
import { type NewRoomFields, type NewRoomProblems, parseNewRoom } from './parseNewRoom.ts'
import { parseRepeat, type RepeatFields, type RepeatProblems, suggestRepeat } from './parseRepeat.ts'
import { RepeatForm } from './RepeatForm.tsx'

const empty: NewRoomFields = { name: '', privacy: 'public', tags: '', password: '', waitingRoom: false }

export interface NewRoomDialogProps {
  readonly onClose: () => void
  /** Null: a recurring room, which waits for its time in the lobby. */
  readonly onCreated: (target: RoomTarget | null) => void
}

/** Opens a room. What does not fit is said below each field. */
export function NewRoomDialog({ onClose, onCreated }: NewRoomDialogProps) {
  const { t } = useTranslation()
  const { lobby, recurring } = useSession()
  const [fields, setFields] = useState(empty)
  const [problems, setProblems] = useState<NewRoomProblems>({})
  const [repeat, setRepeat] = useState<RepeatFields | null>(null)
  const [repeatProblems, setRepeatProblems] = useState<RepeatProblems>({})
  const [failure, setFailure] = useState<RoomsFailure | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [openRoom] = useState(() => lobby.newRoom())
  const set = (change: Partial<NewRoomFields>) => {
    setFields({ ...fields, ...change })
    setProblems({})
  }

  const submit = async () => {
    setFailure(null)
    const request = parseNewRoom(fields)
    setProblems(request.ok ? {} : request.error)
    if (!request.ok) return
    if (repeat === null) await openOnce(request.value)
    else await createRecurring(request.value, repeat)
  }

  const openOnce = async (request: CreateRoomRequest) => {
    setBusy(true)
    const answer = await openRoom(request)
    setBusy(false)
    if (!answer.ok) {
      setFailure(answer.error)
      return
    }
    const { name, password } = request
    onCreated({
      roomId: answer.value.roomId,
      name,
      hasPassword: password !== undefined,
      ...(password === undefined ? {} : { password }),
    })
  }

  const createRecurring = async (request: CreateRoomRequest, times: RepeatFields) => {
    const rule = parseRepeat(times, Date.now())
    setRepeatProblems(rule.ok ? {} : rule.error)
    if (!rule.ok) return
    setBusy(true)
    const { name, tags = [], privacy = 'private' } = request
    const answer = await recurring.create({ name, tags, privacy, ...rule.value })
    setBusy(false)
    if (answer.ok) onCreated(null)
    else setFailure(answer.error)
  }

  return (
    <Dialog title={t('newRoom.title')} closeLabel={t('newRoom.close')} onClose={onClose}>
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
          placeholder={t('newRoom.namePlaceholder')}
          value={fields.name}
          maxLength={ROOM_NAME_MAX_LENGTH}
          autoComplete="off"
          error={
            problems.name === 'missing'
              ? t('newRoom.nameMissing')
              : problems.name && t('newRoom.nameTooLong', { max: ROOM_NAME_MAX_LENGTH })
          }
          onChange={(event) => set({ name: event.target.value })}
        />
        <RadioGroup
          label={t('newRoom.privacy')}
          value={fields.privacy}
          options={[
            {
              value: 'public',
              label: t('newRoom.public'),
              hint: repeat === null ? t('newRoom.publicHint') : t('recurring.publicHint'),
            },
            {
              value: 'private',
              label: t('newRoom.private'),
              hint: repeat === null ? t('newRoom.privateHint') : t('recurring.privateHint'),
            },
          ]}
          onChange={(privacy) => set({ privacy })}
        />
        {fields.privacy === 'private' && repeat === null ? (
          <TextField
            label={t('newRoom.password')}
            hint={t('newRoom.passwordHint')}
            value={fields.password}
            maxLength={ROOM_PASSWORD_MAX_LENGTH}
            autoComplete="off"
            spellCheck={false}
            error={problems.password && t('newRoom.passwordTooLong', { max: ROOM_PASSWORD_MAX_LENGTH })}
            onChange={(event) => set({ password: event.target.value })}
          />
        ) : null}
        {fields.privacy === 'private' && repeat === null ? (
          <Switch
            label={t('newRoom.waitingRoom')}
            hint={t('newRoom.waitingRoomHint')}
            checked={fields.waitingRoom}
            onChange={(waitingRoom) => set({ waitingRoom })}
          />
        ) : null}
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
          onChange={(event) => set({ tags: event.target.value })}
        />
        <TagSuggestions tags={fields.tags} onChange={(tags) => set({ tags })} />
        <Switch
          label={t('recurring.repeats')}
          hint={t('recurring.repeatsHint')}
          checked={repeat !== null}
          onChange={(repeats) =>
            setRepeat(
              repeats ? suggestRepeat(Date.now(), Intl.DateTimeFormat().resolvedOptions().timeZone) : null,
            )
          }
        />
        {repeat === null ? null : (
          <RepeatForm
            fields={repeat}
            problems={repeatProblems}
            onChange={(next) => {
              setRepeat(next)
              setRepeatProblems({})
            }}
          />
        )}
        {failure ? <Notice tone="danger">{describeRoomsFailure(t, failure)}</Notice> : null}
        <div className={styles['actions']}>
          <Button variant="quiet" onClick={onClose}>
            {t('newRoom.cancel')}
          </Button>
          <Button type="submit" variant="primary" busy={isBusy}>
            {isBusy ? t('newRoom.creating') : repeat === null ? t('newRoom.create') : t('recurring.create')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
