import { Maximize, Minimize, PictureInPicture2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useApp } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { fromPopover } from '../../ui/Popover.tsx'
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
      <div className={styles['field']}>
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
        <Switch
          label={t('room.view.hideSelf')}
          hint={t('room.view.hideSelfHint')}
          checked={hidesSelf}
          onChange={(next) => settings.update({ hidesSelf: next })}
        />
      </div>
      <hr className={styles['rule']} />
      <SpaceButtons />
    </>
  )
}

/** The window itself: over the whole screen, or small beside one's work. */
function SpaceButtons() {
  const { t } = useTranslation()
  const { settings, windowSpace } = useApp()
  const isFullScreen = useStore(windowSpace.store, (state) => state.isFullScreen)
  const hasKeys = useStore(settings.store, (state) => state.settings?.shortcuts.singleKeys !== false)
  const Icon = isFullScreen ? Minimize : Maximize
  return (
    <>
      <Button
        variant="quiet"
        wide
        aria-keyshortcuts={hasKeys ? 'F' : undefined}
        icon={<Icon size={16} aria-hidden />}
        onClick={fromPopover(() => void windowSpace.toggleFullScreen())}
      >
        {t(isFullScreen ? 'room.fullScreen.end' : 'room.fullScreen.begin')}
      </Button>
      <Button
        variant="quiet"
        wide
        aria-keyshortcuts={hasKeys ? 'S' : undefined}
        icon={<PictureInPicture2 size={16} aria-hidden />}
        onClick={fromPopover(() => void windowSpace.setCompact(true))}
      >
        {t('room.compact.begin')}
      </Button>
    </>
  )
}
