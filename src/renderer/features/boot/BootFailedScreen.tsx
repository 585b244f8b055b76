import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { MessagePage } from '../../ui/MessagePage.tsx'

export interface BootFailedScreenProps {
  /** The backend's own sentence about what is wrong. */
  readonly message: string
  readonly onRetry: () => void
}

/** The backend did not start. */
export function BootFailedScreen({ message, onRetry }: BootFailedScreenProps) {
  const { t } = useTranslation()
  return (
    <MessagePage
      title={t('boot.failedTitle')}
      actions={
        <Button variant="primary" size="large" onClick={onRetry}>
          {t('boot.retry')}
        </Button>
      }
    >
      <p>{message}</p>
      <p>{t('boot.failedHint')}</p>
    </MessagePage>
  )
}
