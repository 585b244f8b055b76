import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { selectStudyPhase } from '../../core/timer/planPhase.ts'
import { useRoom } from '../../stores/services.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'

/** Of a long message the beginning is enough to decide whether to open the chat. */
const SPOKEN_CHARACTERS = 200

/** Reads what others write to those who listen, except in focus. An open chat reads itself, and leaves nothing unread. */
export function ChatAnnouncer() {
  const { t } = useTranslation()
  const { chat, timer } = useRoom()
  const [sentence, setSentence] = useState('')
  useEffect(
    () =>
      chat.store.subscribe(({ entries, unreadCount }, before) => {
        if (unreadCount <= before.unreadCount) return
        if (selectStudyPhase(timer.store.getState().view) === 'focus') return
        const last = entries.findLast((entry) => entry.kind === 'sent')
        if (last?.kind !== 'sent') return
        const text = last.message.body.slice(0, SPOKEN_CHARACTERS)
        setSentence(t('room.chat.said', { name: last.message.displayName, text }))
      }),
    [chat, timer, t],
  )
  return <VisuallyHidden live>{sentence}</VisuallyHidden>
}
