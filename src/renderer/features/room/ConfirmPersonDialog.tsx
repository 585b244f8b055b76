import { useTranslation } from 'react-i18next'
import type { PersonInRoom } from '../../controllers/contracts.ts'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import styles from './RoomDialog.module.css'

/** What is asked about before it is done. */
export type PersonAction = 'remove' | 'ban' | 'transfer' | 'block'

export interface ConfirmPersonDialogProps {
  readonly action: PersonAction
  readonly person: PersonInRoom
  readonly onClose: () => void
}

/** Says what will happen, and does it. */
export function ConfirmPersonDialog({ action, person, onClose }: ConfirmPersonDialogProps) {
  const { t } = useTranslation()
  const { people } = useRoom()
  const name = person.displayName
  return (
    <Dialog
      title={t(`room.peoplePanel.confirm.${action}.title`, { name })}
      closeLabel={t('room.peoplePanel.cancel')}
      onClose={onClose}
    >
      <div className={styles['body']}>
        <p>{t(`room.peoplePanel.confirm.${action}.body`, { name })}</p>
        <div className={styles['actions']}>
          <Button variant="quiet" onClick={onClose}>
            {t('room.peoplePanel.cancel')}
          </Button>
          <Button
            variant={action === 'transfer' ? 'primary' : 'danger'}
            onClick={() => {
              onClose()
              void people[action](person)
            }}
          >
            {t(`room.peoplePanel.confirm.${action}.yes`)}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
