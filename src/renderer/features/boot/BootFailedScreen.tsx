import { useTranslation } from 'react-i18next'
import { describeBackendFailure } from '../../messages/describeFailure.ts'
import { Button } from '../../ui/Button.tsx'
import { MessagePage } from '../../ui/MessagePage.tsx'

export interface BootFailedScreenProps {
  /** `message` is the backend's own sentence about what is wrong, in English: it names files and variables of this computer. */
  readonly failure: { readonly kind: string; readonly message: string }
  readonly onRetry: () => void
  /** Another backend may be the way out. */
  readonly onOpenSettings: () => void
}

/** The backend did not start. */
export function BootFailedScreen({ failure, onRetry, onOpenSettings }: BootFailedScreenProps) {
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
      <p>
        {describeBackendFailure(t, failure.kind)} <bdi lang="en">{failure.message}</bdi>
      </p>
      <p>{t('boot.failedHint')}</p>
    </MessagePage>
  )
}
