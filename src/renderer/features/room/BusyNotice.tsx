import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useRoom } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'

/** That the computer has too much to do, and what of ours could be turned off, with the button that does it. */
export function BusyNotice() {
  const { t } = useTranslation()
  const { quality } = useRoom()
  const warning = useStore(quality.store, (snapshot) => snapshot.warning)
  if (warning === null) return null
  const { relief } = warning
  return (
    <Notice
      tone="warm"
      action={
        <>
          {relief === null ? null : (
            <Button onClick={() => quality.relieve()}>{t(`room.busy.action.${relief}`)}</Button>
          )}
          <Button variant="quiet" onClick={() => quality.dismissWarning()}>
            {t('notice.dismiss')}
          </Button>
        </>
      }
    >
      {t(`room.busy.sentence.${relief ?? 'nothing'}`)}
    </Notice>
  )
}
