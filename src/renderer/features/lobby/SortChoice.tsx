import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { RoomOrder } from '../../../shared/domain/room.ts'
import { useSession } from '../../stores/services.ts'
import { Select } from '../../ui/Select.tsx'

/** In which order the rooms stand. */
export function SortChoice() {
  const { t } = useTranslation()
  const { lobby } = useSession()
  const order = useStore(lobby.store, ({ query }) => query.order)
  return (
    <Select
      inline
      label={t('lobby.sort.label')}
      value={order}
      options={orders.map((value) => ({ value, label: t(`lobby.sort.${value}`) }))}
      onChange={(value) => {
        const chosen = orders.find((candidate) => candidate === value)
        if (chosen !== undefined) lobby.sort(chosen)
      }}
    />
  )
}

const orders: readonly RoomOrder[] = ['lively', 'newest', 'name']
