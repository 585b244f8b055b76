import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import {
  BackgroundField,
  CameraField,
  MicrophoneField,
  NoiseField,
  SpeakersField,
} from '../../components/DeviceFields.tsx'
import { isMicrophoneHeard } from '../../core/media/selectOutgoing.ts'
import { useRoom } from '../../stores/services.ts'
import { useLevel } from '../../stores/useDeviceChoices.ts'
import { LevelMeter } from '../../ui/LevelMeter.tsx'
import { Switch } from '../../ui/Switch.tsx'
import styles from './PrejoinScreen.module.css'

/** Which devices to use, whether the microphone hears anything, and whether to see others. */
export function DevicePanel() {
  const { t } = useTranslation()
  const { localMedia, quality } = useRoom()
  const { choice, receivesVideo } = useStore(quality.store)
  const subscribeToLevel = useLevel()
  const isHeard = useStore(localMedia.store, isMicrophoneHeard)
  return (
    <div className={styles['devices']}>
      <CameraField />
      <div className={styles['meter']}>
        <MicrophoneField />
        <LevelMeter subscribe={subscribeToLevel} />
        <p className={styles['level']}>{isHeard ? t('prejoin.levelHint') : t('prejoin.levelMuted')}</p>
      </div>
      <SpeakersField />
      <div className={styles['effects']}>
        <BackgroundField />
        <NoiseField />
      </div>
      {choice === 'audioOnly' ? null : (
        <Switch
          label={t('room.video.receive')}
          checked={receivesVideo}
          onChange={(receives) => quality.setReceivesVideo(receives)}
        />
      )}
    </div>
  )
}
