import { ServerOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { MessagePage } from '../../ui/MessagePage.tsx'
import { BackendFailureWords, type BackendFailureWordsProps } from './BackendFailureWords.tsx'

export interface BootFailedScreenProps extends BackendFailureWordsProps {
  readonly onRetry: () => void
  /** Another backend may be the way out. */
  readonly onOpenSettings: () => void
}

/** The backend did not start. */
export function BootFailedScreen({ failure, onRetry, onOpenSettings }: BootFailedScreenProps) {
  const { t } = useTranslation()
  return (
    <MessagePage
      icon={<ServerOff size={22} />}
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
      <div>
        <BackendFailureWords failure={failure} />
      </div>
      <p>{t('boot.failedHint')}</p>
    </MessagePage>
  )
}
