import { SendHorizontal } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MESSAGE_MAX_LENGTH } from '../../../shared/limits.ts'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './ChatPanel.module.css'
import { EmojiButton } from './EmojiButton.tsx'

/** The field that one writes in. What does not fit is kept, and said. */
export function ChatComposer() {
  const { t } = useTranslation()
  const { chat } = useRoom()
  const [text, setText] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const hintId = useId()
  useEffect(() => field.current?.focus(), [])
  // A text that is set moves the cursor to its end.
  const cursor = useRef<number | null>(null)
  useLayoutEffect(() => {
    if (cursor.current !== null) field.current?.setSelectionRange(cursor.current, cursor.current)
    cursor.current = null
  })
  // As PostgreSQL counts: whole characters, not UTF-16 units.
  const over = Array.from(text.trim()).length - MESSAGE_MAX_LENGTH

  function send(): void {
    if (over > 0 || text.trim() === '') return
    void chat.send(text)
    setText('')
  }

  /** Where the cursor is, or in place of what is selected. */
  function insert(emoji: string): void {
    const element = field.current
    if (element === null) return
    const { selectionStart, selectionEnd } = element
    setText(text.slice(0, selectionStart) + emoji + text.slice(selectionEnd))
    cursor.current = selectionStart + emoji.length
    element.focus()
  }

  function handleKey(event: KeyboardEvent): void {
    // While an input method composes, Enter chooses a word.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }

  return (
    <form
      className={styles['composer']}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <textarea
        ref={field}
        className={styles['field']}
        aria-label={t('room.chat.write')}
        aria-describedby={hintId}
        aria-invalid={over > 0 || undefined}
        placeholder={t('room.chat.write')}
        rows={2}
        dir={text === '' ? undefined : 'auto'}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={handleKey}
      />
      <div className={styles['sendRow']}>
        <span
          id={hintId}
          className={styles['hint']}
          data-wrong={over > 0 || undefined}
          role={over > 0 ? 'alert' : undefined}
        >
          {over > 0 ? t('room.chat.tooLong', { count: over }) : t('room.chat.hint')}
        </span>
        <EmojiButton onChoose={insert} />
        <Button
          type="submit"
          variant="primary"
          iconOnly
          aria-label={t('room.chat.send')}
          title={t('room.chat.send')}
          busy={over > 0}
          icon={<SendHorizontal size={18} aria-hidden />}
        />
      </div>
    </form>
  )
}
