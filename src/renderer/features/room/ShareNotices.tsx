import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useApp, useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'

/** Why a screen is not shared, or not its sound, right above the button. */
export function ShareNotices() {
  const { t } = useTranslation()
  const { platform } = useApp()
  const { screenShare } = useRoom()
  const share = useStore(screenShare.store, (snapshot) => snapshot.share)
  const dismiss = (
    <Button variant="quiet" onClick={() => screenShare.dismissFailure()}>
      {t('notice.dismiss')}
    </Button>
  )
  if (share.kind === 'on' && share.sound === 'refused') {
    return (
      <Notice tone="info" action={dismiss}>
        {t('room.share.soundRefused')}
      </Notice>
    )
  }
  if (share.kind !== 'failed') return null
  const canAllow = share.reason === 'denied' && platform === 'darwin'
  return (
    <Notice
      tone="warm"
      action={
        <>
          {canAllow ? (
            <Button onClick={() => screenShare.openPermissions()}>
              {t('room.share.denied.openSettings')}
            </Button>
          ) : null}
          {dismiss}
        </>
      }
    >
      {canAllow ? t('room.share.denied.denied') : t(`room.share.failed.${share.reason}`)}
    </Notice>
  )
}
