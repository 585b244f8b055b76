import { KeyRound } from 'lucide-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { Room } from '../../../shared/domain/room.ts'
import type { PersonInRoom } from '../../controllers/contracts.ts'
import type { PersonSnapshot } from '../../core/call/callSnapshot.ts'
import {
  planRoomChanges,
  readRoomFields,
  type RoomSettingsFields,
  type RoomSettingsProblems,
} from '../../core/rooms/planRoomChanges.ts'
import { describeRoomsFailure } from '../../messages/describeFailure.ts'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { ConfirmPersonDialog } from './ConfirmPersonDialog.tsx'
import dialogStyles from './RoomDialog.module.css'
import { RoomAccessDialog } from './RoomAccessDialog.tsx'
import { RoomSettingsEnding } from './RoomSettingsEnding.tsx'
import { RoomSettingsFieldset } from './RoomSettingsFieldset.tsx'

/** The room's settings, for who opened it. Everybody inside sees a change at once. */
export function RoomSettingsDialog({
  room,
  others,
  onClose,
}: {
  readonly room: Room
  readonly others: readonly PersonSnapshot[]
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const { roomSettings } = useRoom()
  const { isBusy, failure } = useStore(roomSettings.store)
  // As it was when the form was opened: news that come meanwhile are not typed over.
  const [before] = useState(room)
  const [fields, setFields] = useState(() => readRoomFields(room))
  const [problems, setProblems] = useState<RoomSettingsProblems>({})
  const [heir, setHeir] = useState<PersonInRoom | null>(null)
  const [isAccessShown, setAccessShown] = useState(false)
  const access = useRef<HTMLButtonElement>(null)
  const cameBack = useRef(false)
  useEffect(() => () => roomSettings.forgetFailure(), [roomSettings])
  // What was typed stays, and the focus is where it was.
  useEffect(() => {
    if (cameBack.current) access.current?.focus()
    cameBack.current = isAccessShown
  }, [isAccessShown])

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    const plan = planRoomChanges(before, fields)
    setProblems(plan.ok ? {} : plan.error)
    if (plan.ok && (await roomSettings.save(plan.value))) onClose()
  }

  const change = (changed: Partial<RoomSettingsFields>) => {
    setFields({ ...fields, ...changed })
    setProblems({})
  }
  if (heir !== null) return <ConfirmPersonDialog action="transfer" person={heir} onClose={onClose} />
  if (isAccessShown) return <RoomAccessDialog room={room} onClose={() => setAccessShown(false)} />
  return (
    <Dialog title={t('room.settings.title')} closeLabel={t('room.settings.cancel')} onClose={onClose}>
      <form className={dialogStyles['body']} noValidate onSubmit={(event) => void submit(event)}>
        <RoomSettingsFieldset room={before} fields={fields} problems={problems} onChange={change} />
        {failure === null ? null : <Notice tone="danger">{describeRoomsFailure(t, failure)}</Notice>}
        <div className={dialogStyles['actions']}>
          <Button variant="quiet" onClick={onClose}>
            {t('room.settings.cancel')}
          </Button>
          <Button type="submit" variant="primary" busy={isBusy}>
            {isBusy ? t('room.settings.saving') : t('room.settings.save')}
          </Button>
        </div>
      </form>
      <section className={dialogStyles['ending']} aria-label={t('room.access.title')}>
        <Button ref={access} icon={<KeyRound size={16} aria-hidden />} onClick={() => setAccessShown(true)}>
          {t('room.access.open')}
        </Button>
      </section>
      <RoomSettingsEnding others={others} onHandOver={setHeir} />
    </Dialog>
  )
}
