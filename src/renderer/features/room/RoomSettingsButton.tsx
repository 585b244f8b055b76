import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Room } from '../../../shared/domain/room.ts'
import type { PersonSnapshot } from '../../core/call/callSnapshot.ts'
import { Button } from '../../ui/Button.tsx'
import { createLazyPart } from '../../ui/createLazyPart.tsx'

const dialog = createLazyPart(async () => (await import('./RoomSettingsDialog.tsx')).RoomSettingsDialog)

/** The way to the room's settings, for who opened it. */
export function RoomSettingsButton({
  room,
  others,
}: {
  readonly room: Room
  readonly others: readonly PersonSnapshot[]
}) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button
        variant="quiet"
        iconOnly
        aria-label={t('room.settings.open')}
        title={t('room.settings.open')}
        icon={<Pencil size={18} aria-hidden />}
        onClick={() => setOpen(true)}
      />
      {isOpen ? <dialog.Part fallback={null} with={{ room, others, onClose: () => setOpen(false) }} /> : null}
    </>
  )
}
