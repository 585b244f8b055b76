import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'

/** Says that an update is ready, until the person takes it or puts it off; it is installed at the next quit anyway. */
export function UpdateNotice({
  version,
  onRestart,
}: {
  readonly version: string
  readonly onRestart: () => void
}) {
  const { t } = useTranslation()
  const [putOff, setPutOff] = useState<string | null>(null)
  if (putOff === version) return null
  return (
    <Notice
      tone="info"
      action={
        <>
          <Button onClick={onRestart}>{t('update.restart')}</Button>
          <Button
            variant="quiet"
            iconOnly
            icon={<X size={18} aria-hidden />}
            aria-label={t('update.later')}
            onClick={() => setPutOff(version)}
          />
        </>
      }
    >
      {t('update.ready', { version })}
    </Notice>
  )
}
