import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useRoom } from '../../stores/services.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'

/** Tells those who listen when a phase begins, and whether it closes their microphone. The seconds are nobody's news. */
export function TimerAnnouncer() {
  const { t } = useTranslation()
  const { settings } = useApp()
  const { localMedia, timer } = useRoom()
  const [sentence, setSentence] = useState('')
  useEffect(
    () =>
      timer.store.subscribe(({ view }, before) => {
        if (view?.phase === before.view?.phase || !before.isKnown) return
        if (view === null) return setSentence(t('room.timer.ended'))
        const closes =
          view.phase === 'focus' &&
          settings.store.getState().settings?.timer.closesMicrophone === true &&
          !localMedia.store.getState().isMuted
        setSentence(closes ? t('room.timer.began.focusClosed') : t(`room.timer.began.${view.phase}`))
      }),
    [timer, settings, localMedia, t],
  )
  return <VisuallyHidden live>{sentence}</VisuallyHidden>
}
