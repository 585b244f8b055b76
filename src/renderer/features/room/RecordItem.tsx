import { CircleDot } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { isOpenRecording } from '../../core/recording/recordingState.ts'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { fromPopover } from '../../ui/Popover.tsx'

/** Asks to record; while that is under way, everything about it stands above the tiles. */
export function RecordItem({ onRecord }: { readonly onRecord: () => void }) {
  const { t } = useTranslation()
  const { recording } = useRoom()
  const isOpen = useStore(recording.store, ({ state }) => isOpenRecording(state))
  if (isOpen) return null
  return (
    <Button variant="quiet" wide icon={<CircleDot size={16} aria-hidden />} onClick={fromPopover(onRecord)}>
      {t('room.recording.record')}
    </Button>
  )
}
