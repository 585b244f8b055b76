import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useApp } from '../../stores/services.ts'
import { Switch } from '../../ui/Switch.tsx'
import styles from './ViewChoice.module.css'
import { SegmentedChoice } from '../../ui/SegmentedChoice.tsx'

/** Everybody in one size, who speaks large, or nobody but the timer; and whether oneself is there. It is remembered. */
export function ViewChoice() {
  const { t } = useTranslation()
  const { settings } = useApp()
  const view = useStore(settings.store, (state) => state.settings?.roomView ?? 'grid')
  const hidesSelf = useStore(settings.store, (state) => state.settings?.hidesSelf === true)
  return (
    <>
      <SegmentedChoice
        label={t('room.view.label')}
        value={view}
        options={[
          { value: 'grid', label: t('room.view.grid') },
          { value: 'speaker', label: t('room.view.speaker') },
          { value: 'focus', label: t('room.view.focus') },
        ]}
        onChange={(roomView) => settings.update({ roomView })}
      />
      <div className={styles['field']}>
        <Switch
          label={t('room.view.hideSelf')}
          hint={t('room.view.hideSelfHint')}
          checked={hidesSelf}
          onChange={(next) => settings.update({ hidesSelf: next })}
        />
      </div>
    </>
  )
}
