import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import { MessagePage } from '../../ui/MessagePage.tsx'

/** Something failed that should not have. */
export function BootCrashedScreen({ onReload }: { readonly onReload: () => void }) {
  const { t } = useTranslation()
  return (
    <MessagePage
      icon={<TriangleAlert size={22} />}
      title={t('boot.crashedTitle')}
      actions={
        <Button variant="primary" size="large" onClick={onReload}>
          {t('boot.reload')}
        </Button>
      }
    >
      <p>{t('boot.crashedHint')}</p>
    </MessagePage>
  )
}
