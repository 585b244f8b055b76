import { Circle, Hand, LogOut, Maximize2, Mic, MicOff, Users, Video, VideoOff } from 'lucide-react'
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
import { GestureAnnouncer } from './GestureAnnouncer.tsx'
import { RoomAnnouncer } from './RoomAnnouncer.tsx'
import { TimerAnnouncer } from './TimerAnnouncer.tsx'
import { useOwnHand } from './useOwnHand.ts'

type Live = Extract<CallSnapshot, { kind: 'live' }>

const look = { size: 18, 'aria-hidden': true } as const

/** The room as a strip beside one's work: the timer, how many are here, mute, camera, leave. Nobody's picture is fetched for it. */
export function CompactRoom({ snapshot }: { readonly snapshot: Live }) {
  const { t } = useTranslation()
  const { keys, requests, settings, settingsPanel, windowSpace } = useApp()
  const { call, localMedia, quality, recording } = useRoom()
  const isHeard = useStore(localMedia.store, isMicrophoneHeard)
  useEffect(() => {
    quality.setScreensShown(false)
    for (const { connectionId } of snapshot.others) quality.showTile(connectionId, null)
  }, [quality, snapshot.others])
  useEffect(() => () => quality.setScreensShown(true), [quality])
  const recorded = useStore(recording.store, ({ state }) => state)
  const isRecorded = recorded.kind === 'recording'
  const isAsked = isAskedOf(recorded, snapshot.self.userId)
  const isRequested = useStore(requests.store, ({ kind }) => kind !== 'none')
  const hasSettings = useStore(settingsPanel.store, ({ kind }) => kind === 'open')
  const hasCheatSheet = useStore(keys.store, ({ isCheatSheetOpen }) => isCheatSheetOpen)
  const needsRoom = isAsked || isRequested || hasSettings || hasCheatSheet
  // No dialog fits into a strip.
  useEffect(() => {
    if (needsRoom) void windowSpace.setCompact(false)
  }, [needsRoom, windowSpace])
  const hasKeys = useStore(settings.store, (state) => state.settings?.shortcuts.singleKeys !== false)
  const isCameraOn = useStore(
    localMedia.store,
    ({ camera }) => camera.kind === 'on' || camera.kind === 'starting',
  )
  const cameraLabel = isCameraOn ? t('room.cameraOff') : t('room.cameraOn')
  const muteLabel = isHeard ? t('room.mute') : t('room.unmute')
  return (
    <main className={styles['strip']} aria-label={snapshot.room.name} data-recorded={isRecorded || undefined}>
      <h1 className={styles['name']} title={snapshot.room.name} dir="auto">
        {snapshot.room.name}
      </h1>
      <StripTimer />
      <StripState snapshot={snapshot} isRecorded={isRecorded} />
      <div className={styles['buttons']} role="toolbar" aria-label={t('room.controls')}>
        <Button
          variant="quiet"
          iconOnly
          aria-label={muteLabel}
          title={muteLabel}
          aria-keyshortcuts={hasKeys ? 'M' : undefined}
          icon={isHeard ? <Mic {...look} /> : <MicOff {...look} />}
          onClick={() => void call.setMuted(isHeard)}
        />
        {snapshot.room.settings.allowVideo ? (
          <Button
            variant="quiet"
            iconOnly
            aria-label={cameraLabel}
            title={cameraLabel}
            aria-keyshortcuts={hasKeys ? 'V' : undefined}
            icon={isCameraOn ? <Video {...look} /> : <VideoOff {...look} />}
            onClick={() => void call.setCameraOn(!isCameraOn)}
          />
        ) : null}
        <DeafenButton size="regular" />
        <Button
          variant="quiet"
          iconOnly
          aria-label={t('room.compact.end')}
          title={t('room.compact.end')}
          aria-keyshortcuts={hasKeys ? 'S' : undefined}
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
      <GestureAnnouncer self={snapshot.self} others={snapshot.others} />
      <RoomAnnouncer others={snapshot.others} signaling={snapshot.signaling} />
      <TimerAnnouncer />
    </main>
  )
}

/** That it is recorded, one's own hand is up and how many are here, and the first of what else is worth a glance. */
function StripState({ snapshot, isRecorded }: { readonly snapshot: Live; readonly isRecorded: boolean }) {
  const { t } = useTranslation()
  const { windowSpace } = useApp()
  const { door } = useRoom()
  const isOnTop = useStore(windowSpace.store, (state) => state.isOnTop)
  const waiting = useStore(door.store, (state) => state.waiting[0])
  const isHandUp = useOwnHand()
  const asksIn = waiting === undefined ? null : t('room.door.asks', { name: waiting.displayName })
  const words = isRecorded
    ? asksIn
    : snapshot.signaling === 'reconnecting'
      ? t('room.compact.reconnecting')
      : (asksIn ?? (isOnTop ? null : t('room.compact.notOnTop')))
  const count = snapshot.others.length + 1
  return (
    <>
      <VisuallyHidden live>{isRecorded ? t('tray.recording') : ''}</VisuallyHidden>
      <VisuallyHidden live>{asksIn ?? ''}</VisuallyHidden>
      <div className={styles['state']}>
        <span className={styles['count']} title={t('room.count', { count })}>
          <Users size={14} aria-hidden />
          <span aria-hidden>{count}</span>
          <VisuallyHidden>{t('room.count', { count })}</VisuallyHidden>
        </span>
        {isHandUp ? <Hand size={14} role="img" aria-label={t('room.gestures.isUp')} /> : null}
        {isRecorded ? (
          <span className={styles['recorded']} title={t('tray.recording')} data-testid="compact-recorded">
            <Circle size={12} aria-hidden />
            {words === null ? t('tray.recording') : null}
          </span>
        ) : null}
        {words === null ? null : (
          <span className={styles['words']} title={words} data-asks={words === asksIn || undefined}>
            {words}
          </span>
        )}
      </div>
    </>
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
