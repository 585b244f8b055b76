import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useMaybeRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import styles from './Settings.module.css'

/** Back to the defaults, asked twice. The page is loaded anew, so that nothing of the old ones is left in use. */
export function ResetSettings() {
  const { t } = useTranslation()
  const { panel } = useApp()
  const isInRoom = useMaybeRoom() !== null
  const [state, setState] = useState<'offered' | 'asked' | 'failed'>('offered')
  const keep = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (state === 'asked') keep.current?.focus()
  }, [state])
  const reset = async () => {
    if (await panel.resetSettings()) location.reload()
    else setState('failed')
  }
  if (isInRoom) return <p className={styles['hint']}>{t('settings.storage.resetInRoom')}</p>
  if (state === 'asked') {
    return (
      <fieldset className={styles['actions']}>
        <legend className={styles['rowName']}>{t('settings.storage.resetAsk')}</legend>
        <Button ref={keep} onClick={() => setState('offered')}>
          {t('settings.storage.resetNo')}
        </Button>
        <Button variant="danger" onClick={() => void reset()}>
          {t('settings.storage.resetYes')}
        </Button>
      </fieldset>
    )
  }
  return (
    <div className={styles['actions']}>
      <Button onClick={() => setState('asked')}>{t('settings.storage.reset')}</Button>
      {state === 'failed' ? <Notice tone="danger">{t('settings.storage.resetFailed')}</Notice> : null}
    </div>
  )
}
