import { Gauge } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { type QualityChoice, qualityChoiceSchema } from '../../../shared/settings/settings.ts'
import { useMaybeRoom } from '../../stores/services.ts'
import { Select } from '../../ui/Select.tsx'
import { Switch } from '../../ui/Switch.tsx'
import styles from './Settings.module.css'
import { SettingsGroup } from './SettingsGroup.tsx'
import { useSettings } from './useSettings.ts'

/** How much video, and whether others' at all. A call follows at once. */
export function QualitySection() {
  const { t } = useTranslation()
  const room = useMaybeRoom()
  const [{ videoQuality, receiveVideo }, update] = useSettings()
  const hintId = useId()
  const isLimit = videoQuality === '720p' || videoQuality === '480p' || videoQuality === '360p'
  const choose = (choice: QualityChoice) => {
    // In a call the choice may turn the camera off, which is the call's to do.
    if (room === null) update({ videoQuality: choice })
    else room.quality.choose(choice)
  }
  return (
    <SettingsGroup>
      <div className={styles['stack']}>
        <Select
          label={t('room.video.label')}
          icon={<Gauge size={16} aria-hidden />}
          value={videoQuality}
          describedBy={hintId}
          options={qualityChoiceSchema.options.map((value) => ({
            value,
            label: t(`room.video.choice.${value}`),
          }))}
          onChange={(value) => {
            const chosen = qualityChoiceSchema.safeParse(value)
            if (chosen.success) choose(chosen.data)
          }}
        />
        <p id={hintId} className={styles['hint']}>
          {t(`room.video.hint.${isLimit ? 'limited' : videoQuality}`)}
        </p>
      </div>
      {videoQuality === 'audioOnly' ? null : (
        <Switch
          label={t('room.video.receive')}
          hint={t('settings.quality.receiveHint')}
          checked={receiveVideo}
          onChange={(next) => update({ receiveVideo: next })}
        />
      )}
    </SettingsGroup>
  )
}
