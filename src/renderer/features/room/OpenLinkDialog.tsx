import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import styles from './ChatPanel.module.css'
import dialogStyles from './RoomDialog.module.css'

/** Shows where a link leads before it is followed: nothing that somebody writes opens a page by itself. */
export function OpenLinkDialog({ url, onClose }: { readonly url: string; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { openOutside } = useApp()
  const [isRefused, setRefused] = useState(false)
  async function open(): Promise<void> {
    if (await openOutside(url)) onClose()
    else setRefused(true)
  }
  return (
    <Dialog title={t('room.chat.link.title')} closeLabel={t('room.chat.link.cancel')} onClose={onClose}>
      <div className={dialogStyles['body']}>
        <p>{t('room.chat.link.body')}</p>
        <p className={styles['address']} dir="ltr">
          {url}
        </p>
        {isRefused ? <Notice tone="danger">{t('room.chat.link.failed')}</Notice> : null}
        <div className={dialogStyles['actions']}>
          <Button variant="quiet" onClick={onClose}>
            {t('room.chat.link.cancel')}
          </Button>
          <CopyButton
            label={t('room.chat.link.copy')}
            copiedLabel={t('room.chat.link.copied')}
            text={() => url}
            failure={t('room.chat.link.notCopied')}
          />
          <Button variant="primary" onClick={() => void open()}>
            {t('room.chat.link.open')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
