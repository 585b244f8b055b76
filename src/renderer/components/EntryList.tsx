import type { ReactNode } from 'react'
import { Button } from '../ui/Button.tsx'
import styles from './EntryList.module.css'

/** Something in a list, with what there is to say about it. */
export interface ListedEntry {
  readonly id: string
  /** Before the words. */
  readonly picture?: ReactNode
  readonly title: ReactNode
  /** A line for each. */
  readonly notes: readonly string[]
  /** What can be done about it; `name` says it with what it is about, for those who hear it alone. Null: nothing. */
  readonly action: { readonly label: string; readonly name: string; readonly run: () => void } | null
}

/** Entries with a note and one thing to do about each. */
export function EntryList({
  label,
  entries,
}: {
  readonly label: string
  readonly entries: readonly ListedEntry[]
}) {
  return (
    <ul className={styles['list']} aria-label={label}>
      {entries.map(({ id, picture, title, notes, action }) => (
        <li key={id} className={styles['entry']}>
          {picture}
          <span className={styles['words']}>
            <bdi className={styles['name']}>{title}</bdi>
            {notes.map((note) => (
              <span key={note} className={styles['quiet']}>
                {note}
              </span>
            ))}
          </span>
          {action === null ? null : (
            <Button variant="quiet" data-asks={id} aria-label={action.name} onClick={action.run}>
              {action.label}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
