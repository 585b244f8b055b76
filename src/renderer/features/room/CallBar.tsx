import {
  ChartNoAxesColumn,
  Ellipsis,
  Keyboard,
  LogOut,
  Mic,
  MicOff,
  Settings,
  SlidersHorizontal,
  Video,
  VideoOff,
} from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { DeviceNotices } from '../../components/DeviceNotices.tsx'
import { isMicrophoneHeard } from '../../core/media/selectOutgoing.ts'
import { useApp, useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { fromPopover, Popover } from '../../ui/Popover.tsx'
import { Toolbar } from '../../ui/Toolbar.tsx'
import { BusyNotice } from './BusyNotice.tsx'
import styles from './CallBar.module.css'
import { ChatButton } from './ChatButton.tsx'
import { DoorNotice } from './DoorNotice.tsx'
import { GestureNotice } from './GestureNotice.tsx'
import { DeafenButton } from './DeafenButton.tsx'
import { DeviceMenu } from './DeviceMenu.tsx'
import { PeopleButton } from './PeopleButton.tsx'
import { RecordItem } from './RecordItem.tsx'
import { ShareButton } from './ShareButton.tsx'
import { ReactButton } from './ReactButton.tsx'
import { ShareNotices } from './ShareNotices.tsx'
import { QualityMenu } from './QualityMenu.tsx'
import { ViewChoice } from './ViewChoice.tsx'

export interface CallBarProps {
  readonly allowsVideo: boolean
  readonly allowsScreens: boolean
  readonly isMutedByCreator: boolean
  readonly isChatOpen: boolean
  readonly onToggleChat: () => void
  readonly isPeopleOpen: boolean
  readonly onTogglePeople: () => void
  readonly onOpenStatistics: () => void
  /** As `RecordItem` has it. */
  readonly allowsRecording: boolean
  /** The person would like to record. */
  readonly onRecord: () => void
}

/** The room's controls; `data-word` says which words `Toolbar` leaves out last. Their keys are `controllers/keys`'. */
export function CallBar({
  allowsVideo,
  allowsScreens,
  isMutedByCreator,
  isChatOpen,
  onToggleChat,
  isPeopleOpen,
  onTogglePeople,
  onOpenStatistics,
  allowsRecording,
  onRecord,
}: CallBarProps) {
  const { t } = useTranslation()
  const { keys, settings, settingsPanel } = useApp()
  const { call, localMedia } = useRoom()
  const hasKeys = useStore(settings.store, (state) => state.settings?.shortcuts.singleKeys !== false)
  const isCameraOn = useStore(
    localMedia.store,
    ({ camera }) => camera.kind === 'on' || camera.kind === 'starting',
  )
  const isHeard = useStore(localMedia.store, isMicrophoneHeard)
  const noVideoId = useId()

  return (
    <div className={styles['stack']}>
      {isMutedByCreator ? <Notice tone="info">{t('room.mutedByCreator')}</Notice> : null}
      {allowsVideo ? null : (
        <Notice tone="info">
          <span id={noVideoId}>{t('room.noVideo')}</span>
        </Notice>
      )}
      <DeviceNotices />
      <BusyNotice />
      <ShareNotices />
      <GestureNotice />
      <DoorNotice />
      <Toolbar label={t('room.controls')}>
        <Button
          variant="quiet"
          size="large"
          data-word="last"
          aria-keyshortcuts={hasKeys ? 'M' : undefined}
          icon={isHeard ? <Mic size={18} aria-hidden /> : <MicOff size={18} aria-hidden />}
          onClick={() => void call.setMuted(isHeard)}
        >
          {isHeard ? t('room.mute') : t('room.unmute')}
        </Button>
        <DeafenButton />
        <Button
          variant="quiet"
          size="large"
          data-word="long"
          aria-keyshortcuts={hasKeys ? 'V' : undefined}
          busy={!allowsVideo}
          aria-describedby={allowsVideo ? undefined : noVideoId}
          icon={isCameraOn ? <Video size={18} aria-hidden /> : <VideoOff size={18} aria-hidden />}
          onClick={() => void call.setCameraOn(!isCameraOn)}
        >
          {isCameraOn ? t('room.cameraOff') : t('room.cameraOn')}
        </Button>
        <ShareButton isAllowed={allowsScreens} />
        <Popover
          label={t('room.devices')}
          placement="above-center"
          button={{
            variant: 'quiet',
            size: 'large',
            icon: <SlidersHorizontal size={18} aria-hidden />,
            children: t('room.devices'),
          }}
        >
          <DeviceMenu />
          <QualityMenu />
        </Popover>
        <ReactButton />
        <ChatButton isOpen={isChatOpen} onToggle={onToggleChat} />
        <PeopleButton isOpen={isPeopleOpen} onToggle={onTogglePeople} />
        <Popover
          label={t('room.more')}
          placement="above-center"
          button={{
            variant: 'quiet',
            size: 'large',
            icon: <Ellipsis size={18} aria-hidden />,
            children: t('room.more'),
          }}
        >
          <ViewChoice />
          <RecordItem isAllowed={allowsRecording} onRecord={onRecord} />
          <Button
            variant="quiet"
            wide
            icon={<ChartNoAxesColumn size={16} aria-hidden />}
            onClick={fromPopover(onOpenStatistics)}
          >
            {t('statistics.open')}
          </Button>
          <Button
            variant="quiet"
            wide
            icon={<Keyboard size={16} aria-hidden />}
            onClick={fromPopover(() => keys.setCheatSheetOpen(true))}
          >
            {t('settings.shortcuts.cheatSheet')}
          </Button>
        </Popover>
        <Button
          variant="quiet"
          size="large"
          icon={<Settings size={18} aria-hidden />}
          onClick={() => settingsPanel.open()}
        >
          {t('settings.open')}
        </Button>
        <span className={styles['rule']} aria-hidden />
        <Button
          variant="danger"
          size="large"
          data-word="last"
          icon={<LogOut size={18} aria-hidden />}
          onClick={() => void call.leave()}
        >
          {t('room.leave')}
        </Button>
      </Toolbar>
    </div>
  )
}
