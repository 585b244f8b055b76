import { Maximize2, Minimize2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'

export interface PinButtonProps {
  readonly name: string
  readonly isPinned: boolean
  readonly onToggle: () => void
}

/** Puts somebody in the large place, or leaves that to who speaks again. Shows while its tile is pointed at or has the focus. */
export function PinButton({ name, isPinned, onToggle }: PinButtonProps) {
  const { t } = useTranslation()
  const label = isPinned ? t('room.view.unpin', { name }) : t('room.view.pin', { name })
  const Icon = isPinned ? Minimize2 : Maximize2
  return (
    <button type="button" data-pinned={isPinned} aria-label={label} title={label} onClick={onToggle}>
      <Icon size={16} aria-hidden />
    </button>
  )
}
