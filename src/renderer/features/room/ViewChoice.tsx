import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useApp } from '../../stores/services.ts'
import { SegmentedChoice } from '../../ui/SegmentedChoice.tsx'

/** Everybody in one size, or who speaks large. It is remembered. */
export function ViewChoice() {
  const { t } = useTranslation()
  const { settings } = useApp()
  const view = useStore(settings.store, (state) => state.settings?.roomView ?? 'grid')
  return (
    <SegmentedChoice
      label={t('room.view.label')}
      value={view}
      options={[
        { value: 'grid', label: t('room.view.grid') },
        { value: 'speaker', label: t('room.view.speaker') },
      ]}
      onChange={(roomView) => settings.update({ roomView })}
    />
  )
}
