import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { PersonInRoom } from '../../controllers/contracts.ts'
import type { PersonSnapshot } from '../../core/call/callSnapshot.ts'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/Select.tsx'
import dialogStyles from './RoomDialog.module.css'

/** Giving the room away, or closing it for everybody. Both are asked about first. */
export function RoomSettingsEnding({
  others,
  onHandOver,
}: {
  readonly others: readonly PersonSnapshot[]
  readonly onHandOver: (person: PersonInRoom) => void
}) {
  const { t } = useTranslation()
  const { roomSettings } = useRoom()
  const isBusy = useStore(roomSettings.store, (state) => state.isBusy)
  const [chosenId, setChosenId] = useState<string | null>(null)
  const [isSure, setSure] = useState(false)
  const heir = others.find(({ userId }) => userId === chosenId) ?? others[0]
  return (
    <section className={dialogStyles['ending']} aria-label={t('room.settings.ending')}>
      {heir === undefined ? null : (
        <div className={dialogStyles['line']}>
          <Select
            label={t('room.settings.handOver')}
            value={heir.userId}
            options={others.map(({ userId, displayName }) => ({ value: userId, label: displayName }))}
            onChange={setChosenId}
          />
          <Button onClick={() => onHandOver(heir)}>{t('room.peoplePanel.transfer')}</Button>
        </div>
      )}
      {isSure ? (
        <div className={dialogStyles['line']}>
          <p>{t('room.settings.closeSure')}</p>
          <Button variant="quiet" onClick={() => setSure(false)}>
            {t('room.settings.cancel')}
          </Button>
          <Button variant="danger" busy={isBusy} onClick={() => void roomSettings.close()}>
            {t('room.settings.closeYes')}
          </Button>
        </div>
      ) : (
        <Button variant="danger" onClick={() => setSure(true)}>
          {t('room.settings.close')}
        </Button>
      )}
    </section>
  )
}
