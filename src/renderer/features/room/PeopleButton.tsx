import { Hand, Users } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { orderHands } from '../../core/gestures/orderHands.ts'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './ChatButton.module.css'

export interface PeopleButtonProps {
  readonly isOpen: boolean
  readonly onToggle: () => void
}

/** Opens the list of people. How many hands are up is seen here also where their tiles are not: on other pages, in the focus view. */
export function PeopleButton({ isOpen, onToggle }: PeopleButtonProps) {
  const { t } = useTranslation()
  const { call } = useRoom()
  const count = useStore(call.store, (state) => (state.kind === 'live' ? orderHands(state).length : 0))
  return (
    <Button
      variant="quiet"
      size="large"
      data-word="long"
      aria-pressed={isOpen}
      icon={<Users size={18} aria-hidden />}
      badge={
        count === 0 ? null : (
          <span className={styles['count']} title={t('room.gestures.up')} aria-hidden>
            <Hand size={12} />
            {count}
          </span>
        )
      }
      onClick={onToggle}
    >
      {t('room.peoplePanel.open')}
    </Button>
  )
}
