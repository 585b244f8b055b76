import { FolderOpen, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Film } from '../../../shared/ipc/recordings.ts'
import { formatRemaining } from '../../core/timer/formatRemaining.ts'
import { formatBytes } from '../../messages/formatBytes.ts'
import { useApp } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './Settings.module.css'

type State = 'offered' | 'asked' | 'deleting' | 'failed' | 'notShown'

/** One recording. Deleting is asked about in its place, as there is no way back. */
export function FilmRow({ film, onDeleted }: { readonly film: Film; readonly onDeleted: () => void }) {
  const { t } = useTranslation()
  const { panel } = useApp()
  const [state, setState] = useState<State>('offered')
  const keep = useRef<HTMLButtonElement>(null)
  const offer = useRef<HTMLButtonElement>(null)
  const wasAsked = useRef(false)
  useEffect(() => {
    if (state === 'asked') keep.current?.focus()
    else if (wasAsked.current && state !== 'deleting') offer.current?.focus()
    wasAsked.current = state === 'asked' || state === 'deleting'
  }, [state])

  const show = async () => setState((await panel.showFilm(film.name)) ? 'offered' : 'notShown')
  const remove = async () => {
    setState('deleting')
    if ((await panel.deleteFilm(film.name)) === 'deleted') onDeleted()
    else setState('failed')
  }
  const name = titleOf(film.name)
  return (
    <li className={styles['row']}>
      {state === 'asked' || state === 'deleting' ? (
        <fieldset className={styles['asked']}>
          <legend className={styles['rowName']}>{t('settings.films.deleteAsk', { name })}</legend>
          <FilmFacts film={film} />
          <div className={styles['actions']}>
            <Button ref={keep} onClick={() => setState('offered')}>
              {t('settings.films.deleteNo')}
            </Button>
            <Button variant="danger" busy={state === 'deleting'} onClick={() => void remove()}>
              {t('settings.films.deleteYes')}
            </Button>
          </div>
        </fieldset>
      ) : (
        <>
          <div>
            <p className={styles['rowName']}>
              <bdi>{name}</bdi>
            </p>
            <FilmFacts film={film} />
          </div>
          <div className={styles['rowEnd']}>
            <Button
              variant="quiet"
              iconOnly
              icon={<FolderOpen size={18} aria-hidden />}
              aria-label={t('settings.films.showNamed', { name })}
              title={t('settings.films.show')}
              onClick={() => void show()}
            />
            {film.isBeingRecorded ? null : (
              <Button
                ref={offer}
                variant="quiet"
                iconOnly
                icon={<Trash2 size={18} aria-hidden />}
                aria-label={t('settings.films.deleteNamed', { name })}
                title={t('settings.films.deleteYes')}
                onClick={() => setState('asked')}
              />
            )}
          </div>
        </>
      )}
      <p role="status" className={styles['problem']}>
        {state === 'failed' ? t('settings.films.deleteFailed') : null}
        {state === 'notShown' ? t('settings.films.notShown') : null}
      </p>
    </li>
  )
}

/** When, how long, how large. */
function FilmFacts({ film }: { readonly film: Film }) {
  const { t, i18n } = useTranslation()
  const when = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  const length = film.isBeingRecorded
    ? t('settings.films.beingRecorded')
    : film.durationMs === null
      ? t('settings.films.unknownLength')
      : formatRemaining(Math.round(film.durationMs / 1_000))
  return (
    <p className={styles['rowText']}>
      {[when.format(film.begunAtMs), length, formatBytes(film.bytes, i18n.language)].join(' · ')}
    </p>
  )
}

/** The room's name, as far as a file's name keeps it; the moment alone for a room whose name leaves nothing. */
export function titleOf(name: string): string {
  const withoutKind = name.replace(/\.webm$/u, '')
  return withoutKind.replace(/^\d{4}-\d\d-\d\d \d\d-\d\d\s*/u, '') || withoutKind
}
