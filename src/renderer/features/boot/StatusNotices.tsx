import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useApp } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { BackendFailureWords } from './BackendFailureWords.tsx'
import { NearbyNotices } from './NearbyNotices.tsx'
import { RecordedFileNotice } from './RecordedFileNotice.tsx'
import { UpdateNotice } from './UpdateNotice.tsx'
import styles from './StatusNotices.module.css'

/** Things that concern the whole app, said once and quietly above the screen. */
export function StatusNotices({ hasSession }: { readonly hasSession: boolean }) {
  const { t } = useTranslation()
  const { backend, navigation, settings, updates, windowSpace } = useApp()
  const connection = useStore(backend.store)
  const notice = useStore(settings.store, (state) => state.notice)
  const isBackendAway = hasSession && connection.kind !== 'ready'
  const update = useStore(updates.store)
  const isInRoom = useStore(navigation.store, (place) => place.kind === 'room')
  // A call is not the time for it.
  const readyVersion = update.kind === 'ready' && !isInRoom ? update.version : null
  const isCompact = useStore(windowSpace.store, (state) => state.isCompact)
  // There is room in the small window for the call alone. What is to be said waits for the large one.
  if (isCompact) return null
  return (
    <div className={styles['stack']}>
      <NearbyNotices isInRoom={isInRoom} />
      {isBackendAway ? (
        <Notice
          tone={connection.kind === 'failed' ? 'danger' : 'warm'}
          action={
            connection.kind === 'failed' ? (
              <Button onClick={backend.retry}>{t('boot.retry')}</Button>
            ) : undefined
          }
        >
          {connection.kind === 'failed' ? (
            <>
              {t('notice.backendFailed')} <BackendFailureWords failure={connection.failure} />
            </>
          ) : (
            t('notice.backendStarting')
          )}
        </Notice>
      ) : null}
      <RecordedFileNotice />
      {readyVersion === null ? null : <UpdateNotice version={readyVersion} onRestart={updates.restart} />}
      {notice ? (
        <Notice
          tone="info"
          action={
            <Button
              variant="quiet"
              iconOnly
              icon={<X size={18} aria-hidden />}
              aria-label={t('notice.dismiss')}
              onClick={settings.dismissNotice}
            />
          }
        >
          {notice.kind === 'not_saved'
            ? t('notice.settingsNotSaved')
            : t(notice.kind === 'corrupt_file_kept' ? 'notice.settingsCorrupt' : 'notice.settingsNewer', {
                keptAs: notice.keptAs ?? '',
              })}
        </Notice>
      ) : null}
    </div>
  )
}
