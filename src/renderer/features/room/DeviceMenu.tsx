import { AudioLines, Camera, Mic, UserRound, Volume2 } from 'lucide-react'
import { useDeviceChoices, useLevel } from '../../stores/useDeviceChoices.ts'
import { useEffectChoices } from '../../stores/useEffectChoices.ts'
import { LevelMeter } from '../../ui/LevelMeter.tsx'
import { Select } from '../../ui/Select.tsx'
import styles from './DeviceMenu.module.css'

/** Devices, changed in the middle of a call. */
export function DeviceMenu() {
  const subscribeToLevel = useLevel()
  const { camera, microphone, speakers } = useDeviceChoices()
  const choices = [
    { choice: camera, icon: <Camera size={16} aria-hidden /> },
    { choice: microphone, icon: <Mic size={16} aria-hidden /> },
    { choice: speakers, icon: <Volume2 size={16} aria-hidden /> },
  ]
  const { background, noiseSuppression } = useEffectChoices()
  const effects = [
    { choice: background, icon: <UserRound size={16} aria-hidden /> },
    { choice: noiseSuppression, icon: <AudioLines size={16} aria-hidden /> },
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
      <LevelMeter subscribe={subscribeToLevel} />
      {effects.map(({ choice, icon }) => (
        <Select
          key={choice.label}
          label={choice.label}
          icon={icon}
          value={choice.value}
          options={choice.options}
          onChange={choice.choose}
        />
      ))}
    </div>
  )
}
