import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { StudyOutcome } from '../../../shared/domain/study.ts'
import { describeRoomsFailure } from '../../messages/describeFailure.ts'
import { useSession } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import styles from './CheckInCard.module.css'

const outcomes = ['done', 'partly', 'not_done'] as const satisfies readonly StudyOutcome[]

/** Back from a room: how it went with what one meant to do. Nothing is asked of who meant nothing in particular. */
export function CheckInCard() {
  const { t } = useTranslation()
  const { study } = useSession()
  const { session, failure } = useStore(study.store)
  useEffect(() => {
    void study.readSession()
  }, [study])
  if (session === null || session.goal === null || session.outcome !== null) return null
  return (
    <section className={styles['card']} aria-label={t('lobby.checkIn.question', { goal: session.goal })}>
      <p className={styles['question']}>{t('lobby.checkIn.question', { goal: session.goal })}</p>
      <div className={styles['answers']}>
        {outcomes.map((outcome) => (
          <Button key={outcome} onClick={() => void study.checkIn(outcome)}>
            {t(`lobby.checkIn.${outcome}`)}
          </Button>
        ))}
        <Button variant="quiet" onClick={() => study.dismissSession()}>
          {t('lobby.checkIn.later')}
        </Button>
      </div>
      {failure === null ? null : <Notice tone="danger">{describeRoomsFailure(t, failure)}</Notice>}
    </section>
  )
}
