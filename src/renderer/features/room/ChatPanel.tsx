import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { selectKey } from '../../core/chat/chatLog.ts'
import { describeRoomsFailure } from '../../messages/describeFailure.ts'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { SidePanel } from '../../ui/SidePanel.tsx'
import { ChatComposer } from './ChatComposer.tsx'
import { ChatMessage } from './ChatMessage.tsx'
import styles from './ChatPanel.module.css'
import { OpenLinkDialog } from './OpenLinkDialog.tsx'

export interface ChatPanelProps {
  readonly selfId: string
  /** Who opened the room may delete what anybody wrote. */
  readonly mayRemoveAll: boolean
  readonly isAllowed: boolean
  readonly onClose: () => void
}

/** How far from the end one may have scrolled and still follows it; pixels. */
const FOLLOWS_WITHIN = 48

/** What people in the room write to each other. */
export function ChatPanel({ selfId, mayRemoveAll, isAllowed, onClose }: ChatPanelProps) {
  const { t } = useTranslation()
  const { chat } = useRoom()
  const { entries, hasEarlier, isReading, failure } = useStore(chat.store)
  const [link, setLink] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const follows = useRef(true)
  useEffect(() => {
    chat.setOpen(true)
    return () => chat.setOpen(false)
  }, [chat])
  useLayoutEffect(() => {
    if (follows.current) list.current?.scrollTo({ top: list.current.scrollHeight })
  })
  return (
    <SidePanel title={t('room.chat.title')} closeLabel={t('room.chat.close')} onClose={onClose}>
      <div className={styles['chat']}>
        <div
          ref={list}
          className={styles['log']}
          role="log"
          aria-label={t('room.chat.title')}
          onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
            follows.current = scrollHeight - scrollTop - clientHeight < FOLLOWS_WITHIN
          }}
        >
          <ol>
            {hasEarlier ? (
              <li className={styles['earlier']}>
                <Button variant="quiet" busy={isReading} onClick={() => void chat.readEarlier()}>
                  {t(isReading ? 'room.chat.reading' : 'room.chat.earlier')}
                </Button>
              </li>
            ) : null}
            {entries.length === 0 ? <li className={styles['empty']}>{t('room.chat.empty')}</li> : null}
            {entries.map((entry, index) => (
              <ChatMessage
                key={selectKey(entry)}
                entry={entry}
                before={entries[index - 1]}
                selfId={selfId}
                mayRemoveAll={mayRemoveAll}
                onOpenLink={setLink}
              />
            ))}
          </ol>
        </div>
        <div className={styles['foot']}>
          {failure === null ? null : <Notice tone="danger">{describeRoomsFailure(t, failure)}</Notice>}
          {isAllowed ? <ChatComposer /> : <Notice tone="info">{t('room.chat.off')}</Notice>}
        </div>
      </div>
      {link === null ? null : <OpenLinkDialog url={link} onClose={() => setLink(null)} />}
    </SidePanel>
  )
}
