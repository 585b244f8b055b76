import { MessageSquare } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './ChatButton.module.css'
import { useIsQuiet } from './useIsQuiet.ts'

export interface ChatButtonProps {
  readonly isOpen: boolean
  readonly onToggle: () => void
}

/** Opens the chat. How much is new there is said in breaks and where no timer runs: in focus it can wait. */
export function ChatButton({ isOpen, onToggle }: ChatButtonProps) {
  const { t } = useTranslation()
  const { chat } = useRoom()
  const isQuiet = useIsQuiet()
  const unread = useStore(chat.store, ({ unreadCount }) => unreadCount)
  const count = isQuiet || isOpen ? 0 : unread
  return (
    <Button
      variant="quiet"
      size="large"
      data-word="long"
      aria-pressed={isOpen}
      aria-label={count === 0 ? undefined : t('room.chat.openUnread', { count })}
      icon={<MessageSquare size={18} aria-hidden />}
      badge={
        count === 0 ? null : (
          <span className={styles['count']} aria-hidden>
            {count > 99 ? '99+' : count}
          </span>
        )
      }
      onClick={onToggle}
    >
      {t('room.chat.open')}
    </Button>
  )
}
