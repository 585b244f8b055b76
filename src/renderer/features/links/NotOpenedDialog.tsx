import { useTranslation } from 'react-i18next'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import { describeRoomsFailure } from '../../messages/describeFailure.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import styles from './LinkDialog.module.css'

/** Why a recurring room that was chosen in the tray does not open. */
export function NotOpenedDialog({
  roomName,
  failure,
  onClose,
}: {
  readonly roomName: string
  readonly failure: RoomsFailure
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  return (
    <Dialog title={roomName} closeLabel={t('link.close')} onClose={onClose}>
      <div className={styles['body']}>
        <Notice tone="danger">{describeRoomsFailure(t, failure)}</Notice>
        <div className={styles['actions']}>
          <Button onClick={onClose}>{t('link.done')}</Button>
        </div>
      </div>
    </Dialog>
  )
}
