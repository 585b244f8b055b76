import { type ReactNode, useEffect, useRef, useState } from 'react'
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

/** Somebody was shut out by one key, which is done already: says what that was, and what may be wanted next. Enter sends a report. */
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
  const send = useRef<HTMLButtonElement>(null)
  // Once the dialog has given it to a field: Enter is the second key of two.
  useEffect(() => send.current?.focus(), [])
  const name = person.displayName
  const actions = (
    <>
      <Button variant="quiet" onClick={() => personChoices.shutOut(person)}>
        {t('room.shutOut.undo')}
      </Button>
      <Button onClick={onBlock}>{t('room.peoplePanel.block')}</Button>
    </>
  )
  return (
    <Dialog
      title={t('room.shutOut.title', { name })}
      closeLabel={t('room.shutOut.done')}
      onClose={() => personChoices.dismissShutOut()}
    >
      <div className={styles['body']}>
        <p>{t('room.shutOut.body', { name })}</p>
        {isReported ? (
          <Reported name={name} actions={actions} onClose={() => personChoices.dismissShutOut()} />
        ) : (
          <>
            <h3 className={styles['part']}>{t('room.peoplePanel.reportDialog.title', { name })}</h3>
            <ReportForm person={person} sendRef={send} onSent={() => setReported(true)} actions={actions} />
          </>
        )}
      </div>
    </Dialog>
  )
}

function Reported({
  name,
  actions,
  onClose,
}: {
  readonly name: string
  readonly actions: ReactNode
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  const close = useRef<HTMLButtonElement>(null)
  // What had the focus is gone with the form.
  useEffect(() => close.current?.focus(), [])
  return (
    <>
      <Notice tone="info">{t('room.peoplePanel.done.reported', { name })}</Notice>
      <div className={styles['actions']}>
        {actions}
        <Button ref={close} variant="primary" onClick={onClose}>
          {t('room.shutOut.done')}
        </Button>
      </div>
    </>
  )
}
