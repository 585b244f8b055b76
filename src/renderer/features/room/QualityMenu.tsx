import { Gauge } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { QualitySnapshot } from '../../controllers/contracts.ts'
import { useRoom } from '../../stores/services.ts'
import { Select } from '../../ui/Select.tsx'
import { Switch } from '../../ui/Switch.tsx'
import styles from './DeviceMenu.module.css'

type Choice = QualitySnapshot['choice']

/** From the one that needs no thought to the least. */
const choices = [
  'auto',
  '720p',
  '480p',
  '360p',
  'dataSaver',
  'audioOnly',
] as const satisfies readonly Choice[]

function isChoice(value: string): value is Choice {
  return choices.some((choice) => choice === value)
}

/** How much video the person wants, and whether others' at all; both hold at once and are remembered. */
export function QualityMenu() {
  const { t } = useTranslation()
  const { quality } = useRoom()
  const { choice, receivesVideo } = useStore(quality.store)
  const hintId = useId()
  const isLimit = choice === '720p' || choice === '480p' || choice === '360p'
  return (
    <div className={styles['menu']}>
      <Select
        label={t('room.video.label')}
        icon={<Gauge size={16} aria-hidden />}
        value={choice}
        describedBy={hintId}
        options={choices.map((value) => ({ value, label: t(`room.video.choice.${value}`) }))}
        onChange={(value) => {
          if (isChoice(value)) quality.choose(value)
        }}
      />
      <p id={hintId} className={styles['hint']}>
        {t(`room.video.hint.${isLimit ? 'limited' : choice}`)}
      </p>
      {choice === 'audioOnly' ? null : (
        <Switch
          label={t('room.video.receive')}
          hint={t('room.video.receiveHint')}
          checked={receivesVideo}
          onChange={(receives) => quality.setReceivesVideo(receives)}
        />
      )}
    </div>
  )
}
