import { ScreenShare } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './SharingStrip.module.css'

/** That one's own screen can be seen by everybody here, for as long as it is so, with the way to end it. */
export function SharingStrip() {
  const { t } = useTranslation()
  const { screenShare } = useRoom()
  const share = useStore(screenShare.store, (snapshot) => snapshot.share)
  if (share.kind !== 'on' && share.kind !== 'starting') return null
  const words =
    share.kind === 'starting'
      ? t('room.share.starting')
      : share.name === null
        ? t('room.share.on')
        : t('room.share.onNamed', { name: share.name })
  return (
    <div className={styles['strip']} role="status" data-testid="sharing-strip">
      <ScreenShare size={18} aria-hidden className={styles['icon']} />
      <span className={styles['words']}>{words}</span>
      <Button onClick={() => screenShare.stop()}>{t('room.share.stop')}</Button>
    </div>
  )
}
