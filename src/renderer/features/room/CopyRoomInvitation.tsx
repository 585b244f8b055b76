import { Check, Link } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import { describeRoomsFailure } from '../../messages/describeFailure.ts'
import { useSession } from '../../stores/services.ts'
import { Button } from '../../ui/Button.tsx'

/** Copies an invitation to one's private room: a sentence and the link that lets others in without a password. */
export function CopyRoomInvitation({
  roomId,
  roomName,
}: {
  readonly roomId: string
  readonly roomName: string
}) {
  const { t } = useTranslation()
  const { inviteToRoom } = useSession()
  const [outcome, setOutcome] = useState<
    | { readonly kind: 'none' | 'busy' | 'copied' }
    | { readonly kind: 'notCopied'; readonly link: string }
    | { readonly kind: 'refused'; readonly failure: RoomsFailure }
  >({ kind: 'none' })
  const copy = async () => {
    setOutcome({ kind: 'busy' })
    const answer = await inviteToRoom(roomId)
    if (!answer.ok) return setOutcome({ kind: 'refused', failure: answer.error })
    const { link } = answer.value
    try {
      await navigator.clipboard.writeText(t('room.invitation', { room: roomName, link }))
      setOutcome({ kind: 'copied' })
    } catch {
      setOutcome({ kind: 'notCopied', link })
    }
  }
  const isCopied = outcome.kind === 'copied'
  return (
    <>
      <Button
        variant="quiet"
        busy={outcome.kind === 'busy'}
        icon={isCopied ? <Check size={16} aria-hidden /> : <Link size={16} aria-hidden />}
        onClick={() => void copy()}
      >
        {isCopied ? t('room.invitationCopied') : t('room.copyInvitation')}
      </Button>
      {outcome.kind === 'notCopied' ? (
        <output>{t('room.invitationNotCopied', { link: outcome.link })}</output>
      ) : null}
      {outcome.kind === 'refused' ? <output>{describeRoomsFailure(t, outcome.failure)}</output> : null}
    </>
  )
}
