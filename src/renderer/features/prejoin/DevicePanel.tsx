import { AudioLines, Camera, Mic, Play, UserRound, Volume2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { isMicrophoneHeard } from '../../core/media/selectOutgoing.ts'
import { useRoom } from '../../stores/services.ts'
import { useEffectChoices } from '../../stores/useEffectChoices.ts'
import { type DeviceChoice, useDeviceChoices, useLevel } from '../../stores/useDeviceChoices.ts'
import { Button } from '../../ui/Button.tsx'
import { LevelMeter } from '../../ui/LevelMeter.tsx'
import { Select, type SelectProps } from '../../ui/Select.tsx'
import { Switch } from '../../ui/Switch.tsx'
import styles from './PrejoinScreen.module.css'

/** Which devices to use, whether the microphone hears anything, and whether to see others. */
export function DevicePanel() {
  const { t } = useTranslation()
  const { localMedia, quality } = useRoom()
  const { choice, receivesVideo } = useStore(quality.store)
  const { camera, microphone, speakers } = useDeviceChoices()
  const { background, noiseSuppression } = useEffectChoices()
  const subscribeToLevel = useLevel()
  const isHeard = useStore(localMedia.store, isMicrophoneHeard)
  return (
    <div className={styles['devices']}>
      <DeviceSelect choice={camera} icon={<Camera size={16} aria-hidden />} />
      <div className={styles['meter']}>
        <DeviceSelect choice={microphone} icon={<Mic size={16} aria-hidden />} />
        <LevelMeter subscribe={subscribeToLevel} />
        <p className={styles['level']}>{isHeard ? t('prejoin.levelHint') : t('prejoin.levelMuted')}</p>
      </div>
      <div className={styles['speakers']}>
        <DeviceSelect choice={speakers} icon={<Volume2 size={16} aria-hidden />} />
        <TestSound />
      </div>
      <div className={styles['effects']}>
        <Select
          label={background.label}
          icon={<UserRound size={16} aria-hidden />}
          value={background.value}
          options={background.options}
          onChange={background.choose}
        />
        <Select
          label={noiseSuppression.label}
          icon={<AudioLines size={16} aria-hidden />}
          value={noiseSuppression.value}
          options={noiseSuppression.options}
          onChange={noiseSuppression.choose}
        />
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

/** Says by ear which speakers are in use. */
function TestSound() {
  const { t } = useTranslation()
  const { localMedia } = useRoom()
  const [isPlaying, setPlaying] = useState(false)
  const name = isPlaying ? t('prejoin.testSoundPlaying') : t('prejoin.testSound')
  return (
    <Button
      iconOnly
      aria-label={name}
      title={name}
      icon={<Play size={16} aria-hidden />}
      busy={isPlaying}
      onClick={() => {
        setPlaying(true)
        void localMedia.playTestSound().finally(() => setPlaying(false))
      }}
    />
  )
}

function DeviceSelect({
  choice,
  icon,
}: {
  readonly choice: DeviceChoice
  readonly icon: SelectProps['icon']
}) {
  return (
    <Select
      label={choice.label}
      icon={icon}
      value={choice.value}
      options={choice.options}
      disabled={choice.isEmpty}
      onChange={choice.choose}
    />
  )
}
