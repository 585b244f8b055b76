import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { MessagePage } from '../../ui/MessagePage.tsx'

export interface BootFailedScreenProps {
  /** The backend's own sentence about what is wrong, in English: it names files and variables of this computer. */
  readonly message: string
  readonly onRetry: () => void
  /** Another backend may be the way out. */
  readonly onOpenSettings: () => void
}

/** The backend did not start. */
export function BootFailedScreen({ message, onRetry, onOpenSettings }: BootFailedScreenProps) {
  const { t } = useTranslation()
  return (
    <MessagePage
      title={t('boot.failedTitle')}
      actions={
        <>
          <Button variant="primary" size="large" onClick={onRetry}>
            {t('boot.retry')}
          </Button>
          <Button size="large" onClick={onOpenSettings}>
            {t('settings.open')}
          </Button>
        </>
      }
    >
      <p lang="en" dir="ltr">
        {message}
      </p>
      <p>{t('boot.failedHint')}</p>
    </MessagePage>
  )
}
