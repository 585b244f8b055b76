import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { Platform } from '../core/ports/desktop.ts'
import type { CaptureFailure } from '../core/ports/localMedia.ts'
import { describeCaptureFailure } from '../messages/describeFailure.ts'
import { useApp, useDevices } from '../stores/services.ts'
import { Button } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'

/** Where the system has a page that can be opened; elsewhere words say what to look for. */
const hasPrivacyPages: Readonly<Record<Platform, boolean>> = {
  darwin: true,
  win32: true,
  linux: false,
  other: false,
}

/** Why a device that was asked for does not run, and what to do about it. */
export function CaptureNotices() {
  const { camera, microphone } = useStore(useDevices().localMedia.store)
  return (
    <>
      {camera.kind === 'unavailable' ? <CaptureNotice device="camera" reason={camera.reason} /> : null}
      {microphone.kind === 'unavailable' ? (
        <CaptureNotice device="microphone" reason={microphone.reason} />
      ) : null}
    </>
  )
}

function CaptureNotice({
  device,
  reason,
}: {
  readonly device: 'camera' | 'microphone'
  readonly reason: CaptureFailure
}) {
  const { t } = useTranslation()
  const { openPrivacyPage, platform } = useApp()
  const canOpen = reason === 'denied' && hasPrivacyPages[platform]
  return (
    <Notice
      tone="warm"
      action={
        canOpen ? (
          <Button onClick={() => void openPrivacyPage(device)}>
            {device === 'camera' ? t('failure.openPrivacy.camera') : t('failure.openPrivacy.microphone')}
          </Button>
        ) : undefined
      }
    >
      {describeCaptureFailure(t, device, reason, platform)}
    </Notice>
  )
}
