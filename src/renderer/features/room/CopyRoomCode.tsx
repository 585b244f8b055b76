import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'

/** Copies the code by which others find a room that is not listed. Says so when it is done, or what to do if it was not. */
export function CopyRoomCode({ roomId }: { readonly roomId: string }) {
  const { t } = useTranslation()
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'failed'>('none')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(roomId)
      setOutcome('copied')
    } catch {
      setOutcome('failed')
    }
  }
  const Icon = outcome === 'copied' ? Check : Copy
  return (
    <>
      <Button variant="quiet" icon={<Icon size={16} aria-hidden />} onClick={() => void copy()}>
        {outcome === 'copied' ? t('room.codeCopied') : t('room.copyCode')}
      </Button>
      {outcome === 'failed' ? <output>{t('room.codeNotCopied', { code: roomId })}</output> : null}
    </>
  )
}
