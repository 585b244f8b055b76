import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { Platform } from '../core/ports/desktop.ts'
import type { CaptureState } from '../core/ports/localMedia.ts'
import { describeCaptureProblem } from '../messages/describeFailure.ts'
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

/** Why a device that was asked for does not run, or not yet, and what to do about it. */
export function CaptureNotices() {
  const { camera, microphone } = useStore(useDevices().localMedia.store)
  return (
    <>
      <CaptureNotice device="camera" state={camera} />
      <CaptureNotice device="microphone" state={microphone} />
    </>
  )
}

function CaptureNotice({
  device,
  state,
}: {
  readonly device: 'camera' | 'microphone'
  readonly state: CaptureState
}) {
  const { t } = useTranslation()
  const { openPrivacyPage, platform } = useApp()
  const problem = describeCaptureProblem(t, device, state, platform)
  if (problem === null) return null
  const canOpen = state.kind === 'unavailable' && state.reason === 'denied' && hasPrivacyPages[platform]
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
      {problem}
    </Notice>
  )
}
