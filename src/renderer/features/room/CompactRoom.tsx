import { Circle, LogOut, Maximize2, Mic, MicOff } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import { isMicrophoneHeard } from '../../core/media/selectOutgoing.ts'
import { isAskedOf } from '../../core/recording/recordingState.ts'
import { formatRemaining } from '../../core/timer/formatRemaining.ts'
import { useApp, useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import styles from './CompactRoom.module.css'
import { DeafenButton } from './DeafenButton.tsx'
import { RoomAnnouncer } from './RoomAnnouncer.tsx'
import { TimerAnnouncer } from './TimerAnnouncer.tsx'

const look = { size: 18, 'aria-hidden': true } as const

/** The room as a strip beside one's work: the timer, how many are here, mute, leave. Nobody's picture is fetched for it. */
export function CompactRoom({ snapshot }: { readonly snapshot: Extract<CallSnapshot, { kind: 'live' }> }) {
  const { t } = useTranslation()
  const { windowSpace } = useApp()
  const { call, localMedia, quality, recording } = useRoom()
  const isHeard = useStore(localMedia.store, isMicrophoneHeard)
  const isOnTop = useStore(windowSpace.store, (state) => state.isOnTop)
  useEffect(() => {
    quality.setScreensShown(false)
    for (const { connectionId } of snapshot.others) quality.showTile(connectionId, null)
  }, [quality, snapshot.others])
  useEffect(() => () => quality.setScreensShown(true), [quality])
  const recorded = useStore(recording.store, ({ state }) => state)
  const isRecorded = recorded.kind === 'recording'
  const isAsked = isAskedOf(recorded, snapshot.self.userId)
  // What is asked does not fit into a strip.
  useEffect(() => {
    if (isAsked) void windowSpace.setCompact(false)
  }, [isAsked, windowSpace])
  const muteLabel = isHeard ? t('room.mute') : t('room.unmute')
  return (
    <main className={styles['strip']} aria-label={snapshot.room.name} data-recorded={isRecorded || undefined}>
      <h1 className={styles['name']} title={snapshot.room.name}>
        {snapshot.room.name}
      </h1>
      <StripTimer />
      <VisuallyHidden live>{isRecorded ? t('tray.recording') : ''}</VisuallyHidden>
      <p className={styles['state']}>
        {isRecorded ? (
          <span className={styles['recorded']} data-testid="compact-recorded">
            <Circle size={12} aria-hidden />
            {t('tray.recording')}
          </span>
        ) : snapshot.signaling === 'reconnecting' ? (
          t('room.compact.reconnecting')
        ) : isOnTop ? (
          t('room.count', { count: snapshot.others.length + 1 })
        ) : (
          t('room.compact.notOnTop')
        )}
      </p>
      <div className={styles['buttons']} role="toolbar" aria-label={t('room.controls')}>
        <Button
          variant="quiet"
          iconOnly
          aria-label={muteLabel}
          title={muteLabel}
          aria-keyshortcuts="M"
          icon={isHeard ? <Mic {...look} /> : <MicOff {...look} />}
          onClick={() => void call.setMuted(isHeard)}
        />
        <DeafenButton size="regular" />
        <Button
          variant="quiet"
          iconOnly
          aria-label={t('room.compact.end')}
          title={t('room.compact.end')}
          aria-keyshortcuts="S"
          icon={<Maximize2 {...look} />}
          onClick={() => void windowSpace.setCompact(false)}
        />
        <Button
          variant="danger"
          iconOnly
          aria-label={t('room.leave')}
          title={t('room.leave')}
          icon={<LogOut {...look} />}
          onClick={() => void call.leave()}
        />
      </div>
      <RoomAnnouncer others={snapshot.others} signaling={snapshot.signaling} />
      <TimerAnnouncer />
    </main>
  )
}

function StripTimer() {
  const { t } = useTranslation()
  const { timer } = useRoom()
  const view = useStore(timer.store, (state) => state.view)
  if (view === null) return <p className={styles['timer']}>{t('room.compact.noTimer')}</p>
  const state = view.isPaused ? t('room.timer.paused') : view.isOver ? t('room.timer.over') : null
  return (
    <p className={styles['timer']} data-phase={view.phase} data-still={state === null ? undefined : true}>
      <span className={styles['digits']} role="timer">
        {formatRemaining(view.remainingSeconds)}
      </span>
      <span className={styles['phase']}>{state ?? t(`room.timer.phase.${view.phase}`)}</span>
    </p>
  )
}
