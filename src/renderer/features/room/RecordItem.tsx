import { CircleDot } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { isOpenRecording } from '../../core/recording/recordingState.ts'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { fromPopover } from '../../ui/Popover.tsx'
import styles from './CallBar.module.css'

export interface RecordItemProps {
  /** The room's settings let it be recorded. */
  readonly isAllowed: boolean
  readonly onRecord: () => void
}

/**
 * Asks to record; while that is under way, everything about it stands above the tiles. Where the room is not to be recorded, says so
 * in place of the button.
 */
export function RecordItem({ isAllowed, onRecord }: RecordItemProps) {
  const { t } = useTranslation()
  const { recording } = useRoom()
  const isOpen = useStore(recording.store, ({ state }) => isOpenRecording(state))
  if (isOpen) return null
  if (!isAllowed) {
    return (
      <p className={styles['absent']}>
        <CircleDot size={16} aria-hidden />
        {t('room.recording.notAllowed')}
      </p>
    )
  }
  return (
    <Button variant="quiet" wide icon={<CircleDot size={16} aria-hidden />} onClick={fromPopover(onRecord)}>
      {t('room.recording.record')}
    </Button>
  )
}
