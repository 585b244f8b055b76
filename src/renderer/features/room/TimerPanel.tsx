import { Pause, Play, SkipForward, Square } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { describeRoomsFailure } from '../../messages/describeFailure.ts'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { GoalForm } from './GoalForm.tsx'
import { TimerPreferenceSwitches } from './TimerPreferenceSwitches.tsx'
import styles from './TimerPanel.module.css'
import { TimerStart } from './TimerStart.tsx'

/** What can be done with the room's timer, and what it may do to oneself. */
export function TimerPanel({ mayControl }: { readonly mayControl: boolean }) {
  const { t } = useTranslation()
  const { timer } = useRoom()
  const { view, failure } = useStore(timer.store)
  return (
    <div className={styles['panel']}>
      {mayControl ? null : <p className={styles['hint']}>{t('room.timer.onlyCreator')}</p>}
      {!mayControl && view === null ? <p className={styles['hint']}>{t('room.timer.none')}</p> : null}
      {mayControl && view === null ? <TimerStart /> : null}
      {mayControl && view !== null ? <TimerControls /> : null}
      {failure === null ? null : <Notice tone="danger">{describeRoomsFailure(t, failure)}</Notice>}
      <GoalForm />
      <TimerPreferenceSwitches />
    </div>
  )
}

function TimerControls() {
  const { t } = useTranslation()
  const { timer } = useRoom()
  const { view, isBusy } = useStore(timer.store)
  if (view === null) return null
  const look = { size: 16, 'aria-hidden': true } as const
  return (
    <div className={styles['controls']}>
      {view.isPaused ? (
        <Button variant="primary" busy={isBusy} icon={<Play {...look} />} onClick={() => void timer.resume()}>
          {t('room.timer.resume')}
        </Button>
      ) : view.isOver ? null : (
        <Button busy={isBusy} icon={<Pause {...look} />} onClick={() => void timer.pause()}>
          {t('room.timer.pause')}
        </Button>
      )}
      <Button variant="quiet" busy={isBusy} icon={<Square {...look} />} onClick={() => void timer.stop()}>
        {t('room.timer.stop')}
      </Button>
      <Button
        variant={view.isOver ? 'primary' : 'secondary'}
        busy={isBusy}
        icon={<SkipForward {...look} />}
        onClick={() => void timer.skip()}
      >
        {t(`room.timer.skip.${view.phase === 'focus' ? 'focus' : 'break'}`)}
      </Button>
    </div>
  )
}
