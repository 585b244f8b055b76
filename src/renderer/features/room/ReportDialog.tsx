import { useTranslation } from 'react-i18next'
import type { PersonInRoom } from '../../controllers/contracts.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ReportForm } from './ReportForm.tsx'

/** Tells those who run the service of somebody. */
export function ReportDialog({
  person,
  onClose,
}: {
  readonly person: PersonInRoom
  readonly onClose: () => void
}) {
  const { t } = useTranslation()
  return (
    <Dialog
      title={t('room.peoplePanel.reportDialog.title', { name: person.displayName })}
      closeLabel={t('room.peoplePanel.cancel')}
      onClose={onClose}
    >
      <ReportForm
        person={person}
        onSent={onClose}
        actions={
          <Button variant="quiet" onClick={onClose}>
            {t('room.peoplePanel.cancel')}
          </Button>
        }
      />
    </Dialog>
  )
}
