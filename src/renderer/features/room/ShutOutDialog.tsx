import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { PersonInRoom } from '../../controllers/contracts.ts'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { ConfirmPersonDialog } from './ConfirmPersonDialog.tsx'
import { ReportForm } from './ReportForm.tsx'
import styles from './RoomDialog.module.css'

/** Somebody was shut out by one key, which is done already: says what that was. Enter reports them as well; so much for hide, mute and report. */
export function ShutOutDialog() {
  const { personChoices } = useRoom()
  const person = useStore(personChoices.store, ({ shutOut }) => shutOut)
  const [blocked, setBlocked] = useState<PersonInRoom | null>(null)
  if (blocked !== null) {
    return <ConfirmPersonDialog action="block" person={blocked} onClose={() => setBlocked(null)} />
  }
  if (person === null) return null
  return (
    <ShutOut
      key={person.userId}
      person={person}
      onBlock={() => {
        personChoices.dismissShutOut()
        setBlocked(person)
      }}
    />
  )
}

function ShutOut({ person, onBlock }: { readonly person: PersonInRoom; readonly onBlock: () => void }) {
  const { t } = useTranslation()
  const { personChoices } = useRoom()
  const [isReported, setReported] = useState(false)
  const next = useRef<HTMLButtonElement>(null)
  // Once the dialog has given it to a field: Enter is the second key of two.
  useEffect(() => next.current?.focus(), [isReported])
  const undo = (
    <Button variant="quiet" onClick={() => personChoices.shutOut(person)}>
      {t('room.shutOut.undo')}
    </Button>
  )
  const block = <Button onClick={onBlock}>{t('room.peoplePanel.block')}</Button>
  return (
    <Dialog
      title={t('room.shutOut.title', { name: person.displayName })}
      closeLabel={t('room.shutOut.done')}
      onClose={() => personChoices.dismissShutOut()}
    >
      <div className={styles['body']}>
        <p>{t('room.shutOut.body', { name: person.displayName })}</p>
        {isReported ? (
          <>
            <Notice tone="info">{t('room.peoplePanel.done.reported', { name: person.displayName })}</Notice>
            <div className={styles['actions']}>
              {undo}
              {block}
              <Button ref={next} variant="primary" onClick={() => personChoices.dismissShutOut()}>
                {t('room.shutOut.done')}
              </Button>
            </div>
          </>
        ) : (
          <ReportForm
            person={person}
            sendRef={next}
            onSent={() => setReported(true)}
            actions={
              <>
                {undo}
                {block}
              </>
            }
          />
        )}
      </div>
    </Dialog>
  )
}
