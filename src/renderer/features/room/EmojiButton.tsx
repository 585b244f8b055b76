import { Smile } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { emoji } from '../../core/chat/emoji.ts'
import { fromPopover, Popover } from '../../ui/Popover.tsx'
import { stepInGrid } from '../../ui/stepInGrid.ts'
import styles from './EmojiButton.module.css'

/** As many as `EmojiButton.module.css` has in a row. */
const COLUMNS = 6

/** A small choice of emoji; the system's own keyboard has the rest. */
export function EmojiButton({ onChoose }: { readonly onChoose: (text: string) => void }) {
  const { t } = useTranslation()
  return (
    <Popover
      label={t('room.chat.emoji.open')}
      placement="above-end"
      button={{
        variant: 'quiet',
        iconOnly: true,
        'aria-label': t('room.chat.emoji.open'),
        title: t('room.chat.emoji.open'),
        icon: <Smile size={18} aria-hidden />,
      }}
    >
      <EmojiGrid onChoose={onChoose} />
    </Popover>
  )
}

/** One tab stop; arrows, Home and End go through it. */
function EmojiGrid({ onChoose }: { readonly onChoose: (text: string) => void }) {
  const { t } = useTranslation()
  const [reached, setReached] = useState(0)
  const handleKey = (event: KeyboardEvent<HTMLElement>) => {
    const { direction } = getComputedStyle(event.currentTarget)
    const next = stepInGrid(event.key, { at: reached, count: emoji.length, columns: COLUMNS, direction })
    if (next === null) return
    event.preventDefault()
    setReached(next)
    event.currentTarget.querySelectorAll<HTMLElement>('button')[next]?.focus()
  }
  return (
    <div
      className={styles['grid']}
      role="toolbar"
      aria-label={t('room.chat.emoji.open')}
      tabIndex={-1}
      onKeyDown={handleKey}
    >
      {emoji.map(({ name, text }, index) => (
        <button
          key={name}
          type="button"
          className={styles['choice']}
          aria-label={t(`room.chat.emoji.names.${name}`)}
          title={t(`room.chat.emoji.names.${name}`)}
          tabIndex={index === reached ? 0 : -1}
          autoFocus={index === 0}
          onFocus={() => setReached(index)}
          onClick={fromPopover(() => onChoose(text))}
        >
          {text}
        </button>
      ))}
    </div>
  )
}
