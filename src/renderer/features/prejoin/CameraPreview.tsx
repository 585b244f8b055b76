import { Mic, MicOff, Video, VideoOff } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { isMicrophoneHeard } from '../../core/media/selectOutgoing.ts'
import { describeCaptureFailure } from '../../messages/describeFailure.ts'
import { useApp, useRoom, useSession } from '../../stores/services.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import styles from './PrejoinScreen.module.css'

/** What others will see of me, as in a mirror, and the two switches. */
export function CameraPreview() {
  const { t } = useTranslation()
  const { platform, settings } = useApp()
  const { account } = useSession()
  const { effects, localMedia, sink } = useRoom()
  const media = useStore(localMedia.store)
  const { background, noiseSuppression } = useStore(effects.store)
  const name = useStore(account.store, (state) =>
    state.kind === 'signedIn' ? state.account.displayName : '',
  )
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => (video.current ? sink.attachVideo(video.current, { kind: 'local' }) : undefined), [sink])

  const isCameraOn = media.camera.kind === 'on' || media.camera.kind === 'starting'
  const isHeard = isMicrophoneHeard(media)
  const isShown =
    media.camera.kind === 'on' && background.state !== 'starting' && background.state !== 'unavailable'
  const placeholder =
    media.camera.kind === 'starting'
      ? t('prejoin.cameraStarting')
      : media.camera.kind === 'on' && background.state === 'starting'
        ? t('effects.backgroundStarting')
        : t('prejoin.cameraOff')
  return (
    <div className={styles['previewColumn']}>
      <div className={styles['preview']}>
        <video
          ref={video}
          className={styles['video']}
          aria-label={t('prejoin.preview')}
          hidden={!isShown}
          muted
        />
        {isShown ? null : (
          <div className={styles['placeholder']}>
            <Avatar name={name} size={96} />
            <p>{placeholder}</p>
          </div>
        )}
        <div className={styles['toggles']}>
          <Button
            size="large"
            icon={isHeard ? <Mic size={18} aria-hidden /> : <MicOff size={18} aria-hidden />}
            onClick={() => {
              settings.update({ joinMuted: isHeard })
              void localMedia.setMuted(isHeard)
            }}
          >
            {isHeard ? t('room.mute') : t('room.unmute')}
          </Button>
          <Button
            size="large"
            icon={isCameraOn ? <Video size={18} aria-hidden /> : <VideoOff size={18} aria-hidden />}
            onClick={() => {
              settings.update({ joinCameraOff: isCameraOn })
              void localMedia.setCameraOn(!isCameraOn)
            }}
          >
            {isCameraOn ? t('room.cameraOff') : t('room.cameraOn')}
          </Button>
        </div>
      </div>
      {background.state === 'simplified' || background.state === 'unavailable' ? (
        <Notice tone="warm">
          {t(
            background.state === 'simplified'
              ? 'effects.backgroundSimplified'
              : 'effects.backgroundUnavailable',
          )}
        </Notice>
      ) : null}
      {noiseSuppression.state === 'unavailable' ? (
        <Notice tone="info">{t('effects.noiseUnavailable')}</Notice>
      ) : null}
      {media.camera.kind === 'unavailable' ? (
        <Notice tone="warm">{describeCaptureFailure(t, 'camera', media.camera.reason, platform)}</Notice>
      ) : null}
      {media.microphone.kind === 'unavailable' ? (
        <Notice tone="warm">
          {describeCaptureFailure(t, 'microphone', media.microphone.reason, platform)}
        </Notice>
      ) : null}
      {media.camera.kind === 'unavailable' && media.microphone.kind === 'unavailable' ? null : (
        <p className={styles['explanation']}>{t('prejoin.explanation')}</p>
      )}
    </div>
  )
}
