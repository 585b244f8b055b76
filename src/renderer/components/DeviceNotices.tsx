import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useDevices } from '../stores/services.ts'
import { Button } from '../ui/Button.tsx'
import { Notice } from '../ui/Notice.tsx'
import { CaptureNotices } from './CaptureNotices.tsx'

const backgroundNotices = {
  off: undefined,
  starting: undefined,
  on: undefined,
  simplified: 'effects.backgroundSimplified',
  resting: 'effects.backgroundResting',
  withoutPicture: 'effects.backgroundWithoutPicture',
  unavailable: 'effects.backgroundUnavailable',
} as const

/** What is wrong with camera, microphone and effects, and what to do. */
export function DeviceNotices() {
  return (
    <>
      <EffectNotices />
      <CaptureNotices />
    </>
  )
}

function EffectNotices() {
  const { t } = useTranslation()
  const { effects } = useDevices()
  const { background, noiseSuppression, reliefReason } = useStore(effects.store)
  const isBeginning = background.state === 'simplified' && reliefReason === 'beginning'
  const backgroundNotice = backgroundNotices[background.state]
  return (
    <>
      {isBeginning ? (
        <Notice
          tone="info"
          action={<Button onClick={() => effects.keepBackground()}>{t('effects.keepBackground')}</Button>}
        >
          {t('effects.backgroundBeginning')}
        </Notice>
      ) : backgroundNotice === undefined ? null : (
        <Notice tone="warm">{t(backgroundNotice)}</Notice>
      )}
      {noiseSuppression.state === 'unavailable' ? (
        <Notice tone="info">{t('effects.noiseUnavailable')}</Notice>
      ) : null}
      {noiseSuppression.state === 'resting' ? <Notice tone="info">{t('effects.noiseResting')}</Notice> : null}
    </>
  )
}
