import { useCallback, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Film } from '../../../shared/ipc/recordings.ts'
import { useApp } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { FilmRow, titleOf } from './FilmRow.tsx'
import styles from './Settings.module.css'

/** So many stand there at first, and come with each press on "more". */
const STEP = 6
/** A film that has just ended is told its length soon after. */
const LOOK_AGAIN_MS = 3_000

type Listing =
  | { readonly kind: 'reading' }
  | { readonly kind: 'unread' }
  | { readonly kind: 'read'; readonly films: readonly Film[] }

/** The recordings on this computer, the latest first: each can be shown where it lies, and deleted. */
export function FilmList({ onDeleted }: { readonly onDeleted: () => void }) {
  const { t } = useTranslation()
  const { panel, recordedFile } = useApp()
  const [listing, setListing] = useState<Listing>({ kind: 'reading' })
  const [count, setCount] = useState(STEP)
  const [deleted, setDeleted] = useState<string | null>(null)
  const listId = useId()
  const list = useRef<HTMLUListElement>(null)
  const reading = useRef(0)

  const read = useCallback(async (): Promise<void> => {
    reading.current += 1
    const own = reading.current
    const films = await panel.films()
    // What was asked for later is newer.
    if (reading.current !== own) return
    setListing(films === null ? { kind: 'unread' } : { kind: 'read', films })
  }, [panel])

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const readNowAndLater = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => void read(), LOOK_AGAIN_MS)
      void read()
    }
    readNowAndLater()
    // A recording that begins or ends changes the list.
    const unsubscribe = recordedFile.store.subscribe((now, before) => {
      if (now.kind !== before.kind) readNowAndLater()
    })
    return () => {
      unsubscribe()
      clearTimeout(timer)
      reading.current += 1
    }
  }, [read, recordedFile])

  const handleDeleted = async (name: string): Promise<void> => {
    const file = recordedFile.store.getState()
    setDeleted(name)
    if ((file.kind === 'saved' || file.kind === 'failed') && file.name === name) recordedFile.dismiss()
    await read()
    // The button that was pressed is gone.
    list.current?.focus()
    onDeleted()
  }

  if (listing.kind === 'reading') return null
  if (listing.kind === 'unread') return <Notice tone="warm">{t('settings.films.unread')}</Notice>
  const { films } = listing
  const rest = Math.max(0, films.length - count)
  return (
    <>
      <VisuallyHidden live>
        {deleted === null ? '' : t('settings.films.deleted', { name: titleOf(deleted) })}
      </VisuallyHidden>
      {films.length === 0 ? <p className={styles['hint']}>{t('settings.films.none')}</p> : null}
      <ul
        ref={list}
        id={listId}
        className={styles['rows']}
        tabIndex={-1}
        aria-label={t('settings.storage.recordings')}
      >
        {films.slice(0, count).map((film) => (
          <FilmRow key={film.name} film={film} onDeleted={() => void handleDeleted(film.name)} />
        ))}
      </ul>
      {rest === 0 ? null : (
        <div className={styles['actions']}>
          <Button variant="quiet" aria-controls={listId} onClick={() => setCount(count + STEP)}>
            {t('settings.films.more', { count: Math.min(rest, STEP) })}
          </Button>
        </div>
      )}
    </>
  )
}
