import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useRoom } from '../../stores/services.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import styles from './RoomTimer.module.css'

const CAPTION_SHOWN_MS = 6_000

/**
 * Tells those who listen when a phase begins, and whether it closes their microphone; with `hasCaption` also those who see, for some seconds: it
 * stands for the sound that others hear. The seconds are nobody's news.
 */
export function TimerAnnouncer({ hasCaption = false }: { readonly hasCaption?: boolean }) {
  const { t } = useTranslation()
  const { settings } = useApp()
  const { localMedia, timer } = useRoom()
  const [news, setNews] = useState({ sentence: '', isFresh: false })
  useEffect(
    () =>
      timer.store.subscribe(({ view }, before) => {
        if (view?.phase === before.view?.phase || !before.isKnown) return
        if (view === null) return setNews({ sentence: t('room.timer.ended'), isFresh: true })
        const closes =
          view.phase === 'focus' &&
          settings.store.getState().settings?.timer.closesMicrophone === true &&
          !localMedia.store.getState().isMuted
        const sentence = closes ? t('room.timer.began.focusClosed') : t(`room.timer.began.${view.phase}`)
        setNews({ sentence, isFresh: true })
      }),
    [timer, settings, localMedia, t],
  )
  useEffect(() => {
    if (!news.isFresh) return undefined
    const fading = setTimeout(() => setNews({ ...news, isFresh: false }), CAPTION_SHOWN_MS)
    return () => clearTimeout(fading)
  }, [news])
  return (
    <>
      <VisuallyHidden live>{news.sentence}</VisuallyHidden>
      {hasCaption && news.isFresh ? (
        <span className={styles['caption']} aria-hidden data-testid="timer-caption">
          {news.sentence}
        </span>
      ) : null}
    </>
  )
}
