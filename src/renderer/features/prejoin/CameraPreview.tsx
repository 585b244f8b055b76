import { Mic, MicOff, Video, VideoOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { DeviceNotices, OwnPicture } from '../../components/OwnPicture.tsx'
import { isMicrophoneHeard } from '../../core/media/selectOutgoing.ts'
import { useApp, useRoom, useSession } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './PrejoinScreen.module.css'

/** What others will see of me, as in a mirror, and the two switches; below it what `children` say of it. */
export function CameraPreview({ children }: { readonly children?: ReactNode }) {
  const { t } = useTranslation()
  const { settings } = useApp()
  const { account } = useSession()
  const { localMedia } = useRoom()
  const media = useStore(localMedia.store)
  const name = useStore(account.store, (state) =>
    state.kind === 'signedIn' ? state.account.displayName : '',
  )
  const isCameraOn = media.camera.kind === 'on' || media.camera.kind === 'starting'
  const isHeard = isMicrophoneHeard(media)
  return (
    <div className={styles['previewColumn']}>
      <OwnPicture name={name}>
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
      </OwnPicture>
      <DeviceNotices />
      {children}
      {media.camera.kind === 'unavailable' && media.microphone.kind === 'unavailable' ? null : (
        <p className={styles['explanation']}>{t('prejoin.explanation')}</p>
      )}
    </div>
  )
}
