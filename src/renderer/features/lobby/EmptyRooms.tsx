import { Armchair } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { isNarrowed } from '../../core/lobby/lobbyList.ts'
import { useSession } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './RoomList.module.css'

/** Nothing to list, and what to do about it. */
export function EmptyRooms({ onOpenRoom }: { readonly onOpenRoom: () => void }) {
  const { t } = useTranslation()
  const { lobby } = useSession()
  const isFiltered = useStore(lobby.store, ({ query }) => isNarrowed(query))
  return (
    <div className={styles['empty']}>
      <Armchair size={28} aria-hidden className={styles['emptyIcon']} />
      <p className={styles['emptyTitle']}>{isFiltered ? t('lobby.noMatchTitle') : t('lobby.emptyTitle')}</p>
      <p className={styles['emptyHint']}>{isFiltered ? t('lobby.noMatchHint') : t('lobby.emptyHint')}</p>
      <div className={styles['emptyAction']}>
        {isFiltered ? (
          <Button onClick={lobby.clearFilters}>{t('lobby.clearFilters')}</Button>
        ) : (
          <Button onClick={onOpenRoom}>{t('lobby.emptyOpen')}</Button>
        )}
      </div>
    </div>
  )
}
