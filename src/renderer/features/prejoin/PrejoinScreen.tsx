import { ArrowLeft } from 'lucide-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { ROOM_PASSWORD_MAX_LENGTH, STUDY_GOAL_MAX_LENGTH } from '../../../shared/limits.ts'
import { comesListening } from '../../core/visits/visitedRooms.ts'
import { describeRoomsFailure } from '../../messages/describeFailure.ts'
import type { RoomTarget } from '../../stores/navigationStore.ts'
import { useApp, useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { CameraPreview } from './CameraPreview.tsx'
import { ConnectionVerdictLine } from './ConnectionVerdictLine.tsx'
import { DevicePanel } from './DevicePanel.tsx'
import styles from './PrejoinScreen.module.css'
import { useGoalBeforeJoining } from './useGoalBeforeJoining.ts'
import { WaitingPanel } from './WaitingPanel.tsx'

/** Before joining: how I look, what I use, one button. Joining never waits for a device. */
export function PrejoinScreen({ target }: { readonly target: RoomTarget }) {
  const { t } = useTranslation()
  const { navigation, settings, visits } = useApp()
  const { admission, call, connectionTest, localMedia } = useRoom()
  const snapshot = useStore(call.store)
  const isWaiting = useStore(admission.store, ({ waiting }) => waiting.kind !== 'none')
  // As it was when the page opened: joining is a visit.
  const [isListening] = useState(() =>
    comesListening(
      { roomId: target.roomId, isOpenToAll: target.isOpenToAll === true },
      visits.visited(),
      settings.store.getState().settings?.listensFirst !== false,
    ),
  )
  const [password, setPassword] = useState(target.password ?? '')
  const { goal, setGoal } = useGoalBeforeJoining()
  const passwordField = useRef<HTMLInputElement>(null)
  const refusal = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const { quickJoin } = target
    if (quickJoin !== undefined) {
      // One click from the tray: as the person has chosen for that, and at once.
      void localMedia.start({ camera: !quickJoin.cameraOff, microphone: !quickJoin.muted })
      void call.join(target.roomId, {})
      return
    }
    if (isListening) {
      void localMedia.start({ camera: false, microphone: false })
      return
    }
    const wanted = settings.store.getState().settings
    void localMedia.start({
      // Who wants sound only has said so in an earlier call.
      camera: wanted?.joinCameraOff === false && wanted.videoQuality !== 'audioOnly',
      microphone: wanted?.joinMuted === false,
    })
  }, [call, isListening, localMedia, settings, target])

  useEffect(() => {
    if (target.quickJoin !== undefined) return undefined
    void connectionTest.start({ anew: false })
    return () => connectionTest.cancel()
  }, [connectionTest, target])

  const isJoining = snapshot.kind === 'joining'
  const isRefused = snapshot.kind === 'refused'
  const asksPassword = target.hasPassword && (target.password === undefined || isRefused)
  useEffect(() => {
    if (!isRefused) return
    // The button is always in sight; what is wrong may not be.
    if (passwordField.current) passwordField.current.focus()
    else refusal.current?.scrollIntoView({ block: 'nearest' })
  }, [isRefused])

  const join = () => {
    if (isRefused) call.dismiss()
    // The call has the line for itself.
    connectionTest.cancel()
    void call.join(target.roomId, {
      password: password === '' ? undefined : password,
      inviteCode: target.inviteCode,
    })
  }

  return (
    <main className={styles['screen']}>
      <header className={styles['bar']}>
        <Button
          variant="quiet"
          icon={<ArrowLeft size={18} aria-hidden />}
          onClick={() => {
            admission.cancel()
            call.dismiss()
            navigation.go({ kind: 'lobby' })
          }}
        >
          {t('prejoin.back')}
        </Button>
      </header>
      <div className={styles['columns']}>
        <CameraPreview>{isWaiting ? null : <ConnectionVerdictLine />}</CameraPreview>
        {isWaiting ? (
          <WaitingPanel roomName={target.name} />
        ) : (
          <form
            className={styles['side']}
            noValidate
            onSubmit={(event: FormEvent) => {
              event.preventDefault()
              if (!isJoining) join()
            }}
          >
            <div>
              <h1 className={styles['title']}>{t('prejoin.title')}</h1>
              <p className={styles['room']}>{target.name}</p>
            </div>
            {isListening ? <Notice tone="info">{t('prejoin.listening')}</Notice> : null}
            {isRefused ? (
              <div ref={refusal}>
                <Notice tone="danger">{describeRoomsFailure(t, snapshot.failure)}</Notice>
              </div>
            ) : null}
            {asksPassword ? (
              <TextField
                ref={passwordField}
                label={t('prejoin.password')}
                hint={t('prejoin.passwordHint')}
                value={password}
                maxLength={ROOM_PASSWORD_MAX_LENGTH}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => setPassword(event.target.value)}
              />
            ) : null}
            <TextField
              label={t('room.timer.goal')}
              hint={t('prejoin.goalHint')}
              value={goal}
              maxLength={STUDY_GOAL_MAX_LENGTH}
              autoComplete="off"
              onChange={(event) => setGoal(event.target.value)}
            />
            <DevicePanel />
            <div className={styles['join']}>
              <Button type="submit" variant="primary" size="large" busy={isJoining} wide>
                {isJoining ? t('prejoin.joining') : t('prejoin.join')}
              </Button>
            </div>
            <p className={styles['hint']}>{t('prejoin.joinHint')}</p>
          </form>
        )}
      </div>
    </main>
  )
}
