import { Timer } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { formatRemaining } from '../../core/timer/formatRemaining.ts'
import type { TimerView } from '../../core/timer/selectTimerView.ts'
import { useRoom } from '../../stores/services.ts'
import { Popover } from '../../ui/Popover.tsx'
import styles from './RoomTimer.module.css'
import { TimerAnnouncer } from './TimerAnnouncer.tsx'
import { TimerPanel } from './TimerPanel.tsx'

/** The timer that everybody in the room shares: what is left of the phase, and behind it what can be done with it. */
export function RoomTimer({
  mayControl,
  isLarge = false,
}: {
  readonly mayControl: boolean
  /** Where it is all there is to see. */
  readonly isLarge?: boolean
}) {
  const { t } = useTranslation()
  const { timer } = useRoom()
  const { view, isKnown } = useStore(timer.store)
  if (!isKnown) return null
  return (
    <div
      className={styles['timer']}
      data-phase={view?.phase ?? 'none'}
      data-testid="room-timer"
      data-large={isLarge || undefined}
    >
      <Popover
        label={t('room.timer.label')}
        placement="below-center"
        button={
          view === null
            ? { variant: 'quiet', icon: <Timer size={18} aria-hidden />, children: t('room.timer.open') }
            : { variant: 'quiet', children: <TimerFace view={view} /> }
        }
      >
        <TimerPanel mayControl={mayControl} />
      </Popover>
      <TimerAnnouncer hasCaption />
    </div>
  )
}

function TimerFace({ view }: { readonly view: TimerView }) {
  const { t } = useTranslation()
  const state = view.isPaused ? t('room.timer.paused') : view.isOver ? t('room.timer.over') : null
  return (
    <span className={styles['face']} data-still={view.isPaused || view.isOver || undefined}>
      <span className={styles['phase']}>
        {t(`room.timer.phase.${view.phase}`)}
        {view.phase === 'focus' ? (
          <span className={styles['round']}>
            {t('room.timer.round', { round: view.round, rounds: view.rounds })}
          </span>
        ) : null}
        {state === null ? null : <span className={styles['round']}>{state}</span>}
      </span>
      <span className={styles['digits']} role="timer">
        {formatRemaining(view.remainingSeconds)}
      </span>
    </span>
  )
}
