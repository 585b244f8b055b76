import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import styles from './ChatPanel.module.css'

/** Shows where a link leads before it is followed: nothing that somebody writes opens a page by itself. */
export function OpenLinkDialog({ url, onClose }: { readonly url: string; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { openOutside } = useApp()
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'failed'>('none')
  async function open(): Promise<void> {
    if (await openOutside(url)) onClose()
    else setOutcome('failed')
  }
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(url)
    setOutcome('copied')
  }
  return (
    <Dialog title={t('room.chat.link.title')} closeLabel={t('room.chat.link.cancel')} onClose={onClose}>
      <div className={styles['dialog']}>
        <p>{t('room.chat.link.body')}</p>
        <p className={styles['address']} dir="ltr">
          {url}
        </p>
        {outcome === 'failed' ? <Notice tone="danger">{t('room.chat.link.failed')}</Notice> : null}
        <div className={styles['choices']}>
          <Button variant="quiet" onClick={onClose}>
            {t('room.chat.link.cancel')}
          </Button>
          <Button onClick={() => void copy()}>
            {t(outcome === 'copied' ? 'room.chat.link.copied' : 'room.chat.link.copy')}
          </Button>
          <Button variant="primary" onClick={() => void open()}>
            {t('room.chat.link.open')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
