import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../ui/CopyButton.tsx'

/** Copies the code by which others find a room that is not listed. Says so when it is done, or what to do if it was not. */
export function CopyRoomCode({ roomId }: { readonly roomId: string }) {
  const { t } = useTranslation()
  return (
    <CopyButton
      variant="quiet"
      label={t('room.copyCode')}
      copiedLabel={t('room.codeCopied')}
      text={() => roomId}
      failure={t('room.codeNotCopied', { code: roomId })}
    />
  )
}
