import { AudioLines, Camera, Mic, Play, UserRound, Volume2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDevices } from '../stores/services.ts'
import { useDeviceChoices } from '../stores/useDeviceChoices.ts'
import { useEffectChoices } from '../stores/useEffectChoices.ts'
import { Button } from '../ui/Button.tsx'
import { Select } from '../ui/Select.tsx'
import styles from './DeviceFields.module.css'

/** Which camera. */
export function CameraField() {
  const { camera } = useDeviceChoices()
  return <DeviceSelect choice={camera} icon={<Camera size={16} aria-hidden />} />
}

/** Which microphone. */
export function MicrophoneField() {
  const { microphone } = useDeviceChoices()
  return <DeviceSelect choice={microphone} icon={<Mic size={16} aria-hidden />} />
}

/** Which speakers, and by ear whether it is these. */
export function SpeakersField() {
  const { speakers } = useDeviceChoices()
  return (
    <div className={styles['speakers']}>
      <DeviceSelect choice={speakers} icon={<Volume2 size={16} aria-hidden />} />
      <TestSound />
    </div>
  )
}

/** What stands behind oneself. */
export function BackgroundField() {
  const { background } = useEffectChoices()
  return <DeviceSelect choice={background} icon={<UserRound size={16} aria-hidden />} />
}

/** What is taken away around one's voice. */
export function NoiseField() {
  const { noiseSuppression } = useEffectChoices()
  return <DeviceSelect choice={noiseSuppression} icon={<AudioLines size={16} aria-hidden />} />
}

interface Choice {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly isEmpty?: boolean
  readonly choose: (value: string) => void
}

function DeviceSelect({ choice, icon }: { readonly choice: Choice; readonly icon: ReactNode }) {
  return (
    <Select
      label={choice.label}
      icon={icon}
      value={choice.value}
      options={choice.options}
      disabled={choice.isEmpty ?? false}
      onChange={choice.choose}
    />
  )
}

function TestSound() {
  const { t } = useTranslation()
  const { localMedia } = useDevices()
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
