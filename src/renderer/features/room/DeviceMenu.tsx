import { Camera, Mic, Volume2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useRoom } from '../../stores/services.ts'
import { useDeviceChoices } from '../../stores/useDeviceChoices.ts'
import { LevelMeter } from '../../ui/LevelMeter.tsx'
import { Select } from '../../ui/Select.tsx'
import styles from './DeviceMenu.module.css'

/** Devices, changed in the middle of a call. */
export function DeviceMenu() {
  const { t } = useTranslation()
  const { localMedia } = useRoom()
  const { camera, microphone, speakers } = useDeviceChoices()
  const choices = [
    { choice: camera, icon: <Camera size={16} aria-hidden /> },
    { choice: microphone, icon: <Mic size={16} aria-hidden /> },
    { choice: speakers, icon: <Volume2 size={16} aria-hidden /> },
  ]
  return (
    <div className={styles['menu']}>
      {choices.map(({ choice, icon }) => (
        <Select
          key={choice.label}
          label={choice.label}
          icon={icon}
          value={choice.value}
          options={choice.options}
          disabled={choice.isEmpty}
          onChange={choice.choose}
        />
      ))}
      <LevelMeter label={t('prejoin.level')} subscribe={localMedia.subscribeToLevel} />
    </div>
  )
}
