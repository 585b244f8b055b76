import { useEffect, useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { RecurringRoom } from '../../../shared/api/recurringRooms.ts'
import { sortByOccasion } from '../../core/recurring/occasion.ts'
import { useSession } from '../../stores/services.ts'
import { createLazyPart } from '../../ui/createLazyPart.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { RecurringCard } from './RecurringCard.tsx'
import { useNow } from './useNow.ts'
import styles from './YourRooms.module.css'

const editDialog = createLazyPart(async () => (await import('./EditRecurringDialog.tsx')).EditRecurringDialog)
const membersDialog = createLazyPart(async () => (await import('./MembersDialog.tsx')).MembersDialog)

/** The way back to where one belongs: recurring rooms with who is in them. Nothing at all for who has none. */
export function YourRooms() {
  const { t } = useTranslation()
  const { recurring } = useSession()
  const { rooms, reading } = useStore(recurring.store)
  const [edited, setEdited] = useState<RecurringRoom | null>(null)
  const [shown, setShown] = useState<RecurringRoom | null>(null)
  const titleId = useId()
  const nowMs = useNow(15_000)
  const sorted = useMemo(() => sortByOccasion(rooms, nowMs), [rooms, nowMs])
  useEffect(() => void recurring.refresh(), [recurring])
  if (sorted.length === 0) return null
  return (
    <section className={styles['section']} aria-labelledby={titleId}>
      <h2 id={titleId} className={styles['title']}>
        {t('recurring.title')}
      </h2>
      {reading.kind === 'failed' ? <Notice tone="warm">{t('recurring.failed')}</Notice> : null}
      <ul className={styles['cards']} aria-labelledby={titleId}>
        {sorted.map((room) => (
          <RecurringCard
            key={room.id}
            room={room}
            nowMs={nowMs}
            onEdit={() => setEdited(room)}
            onShowMembers={() => setShown(room)}
          />
        ))}
      </ul>
      {edited === null ? null : (
        <editDialog.Part fallback={null} with={{ room: edited, onClose: () => setEdited(null) }} />
      )}
      {shown === null ? null : (
        <membersDialog.Part fallback={null} with={{ room: shown, onClose: () => setShown(null) }} />
      )}
    </section>
  )
}
