import { ScreenShare, ScreenShareOff } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { createLazyPart } from '../../ui/createLazyPart.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'

/** Its code is fetched when somebody opens it. */
const dialogPart = createLazyPart(async () => (await import('./ShareDialog.tsx')).ShareDialog)

/** Begins or ends sharing a screen. Where the room allows none it stays, and says so. */
export function ShareButton({ isAllowed }: { readonly isAllowed: boolean }) {
  const { t } = useTranslation()
  const { screenShare } = useRoom()
  const { share, picker } = useStore(screenShare.store)
  const reasonId = useId()
  const isSharing = share.kind === 'on' || share.kind === 'starting'
  // With its content: what has the focus first is there from the first.
  const isOpen = picker.kind !== 'closed' && picker.kind !== 'opening'
  const Icon = isSharing ? ScreenShareOff : ScreenShare
  return (
    <>
      <Button
        variant="quiet"
        size="large"
        busy={!isAllowed || picker.kind === 'opening'}
        title={isAllowed ? undefined : t('room.share.notAllowed')}
        aria-describedby={isAllowed ? undefined : reasonId}
        icon={<Icon size={18} aria-hidden />}
        onClick={() => (isSharing ? screenShare.stop() : screenShare.openPicker())}
      >
        {isSharing ? t('room.share.stop') : t('room.share.start')}
      </Button>
      {isAllowed ? null : (
        <VisuallyHidden>
          <span id={reasonId}>{t('room.share.notAllowed')}</span>
        </VisuallyHidden>
      )}
      {isAllowed && isOpen ? <dialogPart.Part with={{ picker }} fallback={null} /> : null}
    </>
  )
}
