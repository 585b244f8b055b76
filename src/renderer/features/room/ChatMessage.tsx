import { Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { ChatEntry } from '../../core/chat/chatLog.ts'
import { splitLinks } from '../../core/chat/splitLinks.ts'
import { PersonAvatar } from '../../components/PersonAvatar.tsx'
import { useOwnAvatar } from '../../components/useOwnAvatar.ts'
import { useRoom, useSession } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './ChatPanel.module.css'

export interface ChatMessageProps {
  readonly entry: ChatEntry
  /** Who goes on writing within minutes is not named again. */
  readonly before: ChatEntry | undefined
  readonly selfId: string
  readonly mayRemoveAll: boolean
  readonly onOpenLink: (url: string) => void
}

const SAME_BREATH_MS = 5 * 60_000

export function ChatMessage({ entry, before, selfId, mayRemoveAll, onOpenLink }: ChatMessageProps) {
  const { t, i18n } = useTranslation()
  const { chat } = useRoom()
  const body = entry.kind === 'sent' ? entry.message.body : entry.body
  const isOwn = entry.kind !== 'sent' || entry.message.authorId === selfId
  const begins = !isSameBreath(entry, before, selfId)
  const ownAvatar = useOwnAvatar()
  const { account } = useSession()
  const ownName = useStore(account.store, (state) =>
    state.kind === 'signedIn' ? state.account.displayName : '',
  )
  const fullName = entry.kind === 'sent' ? entry.message.displayName : ownName
  const name = entry.kind === 'sent' && !isOwn ? entry.message.displayName : t('room.chat.you')
  return (
    <li className={styles['message']} data-kind={entry.kind} data-begins={begins || undefined}>
      {begins ? (
        <p className={styles['head']}>
          <PersonAvatar name={fullName} avatar={isOwn ? ownAvatar : entry.message.avatar} size={22} />
          <bdi className={styles['name']}>{name}</bdi>
          {entry.kind === 'sent' ? (
            <time className={styles['time']} dateTime={entry.message.sentAt}>
              {new Intl.DateTimeFormat(i18n.language, { timeStyle: 'short' }).format(
                new Date(entry.message.sentAt),
              )}
            </time>
          ) : null}
        </p>
      ) : null}
      <p className={styles['body']} dir="auto">
        {splitLinks(body).map((part) =>
          part.kind === 'text' ? (
            part.text
          ) : (
            <button
              key={part.at}
              type="button"
              className={styles['link']}
              onClick={() => onOpenLink(part.text)}
            >
              {part.text}
            </button>
          ),
        )}
      </p>
      {entry.kind === 'failed' ? (
        <p className={styles['state']}>
          {t('room.chat.failed')}
          <Button variant="quiet" onClick={() => void chat.sendAgain(entry.clientMessageId)}>
            {t('room.chat.again')}
          </Button>
          <Button variant="quiet" onClick={() => chat.discard(entry.clientMessageId)}>
            {t('room.chat.discard')}
          </Button>
        </p>
      ) : null}
      {entry.kind === 'sent' && (isOwn || mayRemoveAll) ? (
        <span className={styles['remove']}>
          <Button
            variant="quiet"
            iconOnly
            aria-label={
              isOwn ? t('room.chat.removeOwn') : t('room.chat.remove', { name: entry.message.displayName })
            }
            icon={<Trash2 size={16} aria-hidden />}
            onClick={() => void chat.remove(entry.message.id)}
          />
        </span>
      ) : null}
    </li>
  )
}

function isSameBreath(entry: ChatEntry, before: ChatEntry | undefined, selfId: string): boolean {
  if (before === undefined) return false
  const author = entry.kind === 'sent' ? entry.message.authorId : selfId
  const authorBefore = before.kind === 'sent' ? before.message.authorId : selfId
  if (author !== authorBefore) return false
  if (entry.kind !== 'sent' || before.kind !== 'sent') return true
  return Date.parse(entry.message.sentAt) - Date.parse(before.message.sentAt) < SAME_BREATH_MS
}
