import { Headphones, HeadphoneOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useApp, useRoom } from '../../stores/services.ts'
import { Button, type ButtonProps } from '../../ui/Button.tsx'

/** Hears nobody, and closes the microphone with it; others see a closed microphone. */
export function DeafenButton({ size = 'large' }: Pick<ButtonProps, 'size'>) {
  const { t } = useTranslation()
  const { settings } = useApp()
  const { personChoices } = useRoom()
  const isDeafened = useStore(personChoices.store, (state) => state.isDeafened)
  const hasKeys = useStore(settings.store, (state) => state.settings?.shortcuts.singleKeys !== false)
  const Icon = isDeafened ? HeadphoneOff : Headphones
  const label = isDeafened ? t('room.deafen.on') : t('room.deafen.off')
  return (
    <Button
      variant="quiet"
      size={size}
      iconOnly
      aria-label={label}
      title={label}
      aria-keyshortcuts={hasKeys ? 'D' : undefined}
      icon={<Icon size={18} aria-hidden />}
      onClick={() => personChoices.setDeafened(!isDeafened)}
    />
  )
}
