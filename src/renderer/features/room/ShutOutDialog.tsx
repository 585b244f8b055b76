import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { type PersonQuestion, PersonQuestions } from './PersonQuestions.tsx'
import styles from './RoomDialog.module.css'

/** Somebody was shut out by one key: says what that was, and offers what may be wanted next. It is done already. */
export function ShutOutDialog() {
  const { t } = useTranslation()
  const { personChoices } = useRoom()
  const person = useStore(personChoices.store, ({ shutOut }) => shutOut)
  const [question, setQuestion] = useState<PersonQuestion | null>(null)
  if (question !== null) return <PersonQuestions question={question} onClose={() => setQuestion(null)} />
  if (person === null) return null
  const ask = (next: PersonQuestion) => () => {
    personChoices.dismissShutOut()
    setQuestion(next)
  }
  return (
    <Dialog
      title={t('room.shutOut.title', { name: person.displayName })}
      closeLabel={t('room.shutOut.done')}
      onClose={() => personChoices.dismissShutOut()}
    >
      <div className={styles['body']}>
        <p>{t('room.shutOut.body', { name: person.displayName })}</p>
        <div className={styles['actions']}>
          <Button variant="quiet" onClick={() => personChoices.shutOut(person)}>
            {t('room.shutOut.undo')}
          </Button>
          <Button onClick={ask({ kind: 'confirm', action: 'block', person })}>
            {t('room.peoplePanel.block')}
          </Button>
          <Button variant="primary" onClick={ask({ kind: 'report', person })}>
            {t('room.peoplePanel.report')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
