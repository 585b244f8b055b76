import { FolderOpen, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useApp } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'

/** Where the recording is that has ended, or why it is not whole; also after its call. */
export function RecordedFileNotice() {
  const { t } = useTranslation()
  const { recordedFile } = useApp()
  const file = useStore(recordedFile.store)
  const [unshown, setUnshown] = useState<string | null>(null)
  if (file.kind !== 'saved' && file.kind !== 'failed') return null
  const { name } = file
  const words =
    file.kind === 'saved'
      ? [t('recordedFile.saved', { name: file.name })]
      : [
          t(`recordedFile.failed.${file.reason}`),
          name === null ? t('recordedFile.nothingKept') : t('recordedFile.kept', { name }),
        ]
  const show = async () => setUnshown((await recordedFile.show()) ? null : name)
  return (
    <Notice
      tone={file.kind === 'saved' ? 'info' : 'danger'}
      action={
        <>
          {name === null ? null : (
            <Button icon={<FolderOpen size={16} aria-hidden />} onClick={() => void show()}>
              {t('recordedFile.show')}
            </Button>
          )}
          <Button
            variant="quiet"
            iconOnly
            icon={<X size={18} aria-hidden />}
            aria-label={t('notice.dismiss')}
            onClick={recordedFile.dismiss}
          />
        </>
      }
    >
      {[...words, ...(unshown !== null && unshown === name ? [t('recordedFile.notShown')] : [])].join(' ')}
    </Notice>
  )
}
