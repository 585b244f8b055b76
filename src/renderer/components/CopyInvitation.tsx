import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Result } from '../../shared/result.ts'
import type { RoomsFailure } from '../core/ports/rooms.ts'
import { describeRoomsFailure } from '../messages/describeFailure.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { Notice } from '../ui/Notice.tsx'

type Answer = Result<{ readonly link: string }, RoomsFailure>

export interface CopyInvitationProps {
  readonly invite: () => Promise<Answer>
  /** The invitation as one pastes it into a message: what it is for, and the link. */
  readonly describe: (link: string) => string
  readonly wide?: boolean
}

/** Whether the link opens in any browser: then the invitation says so. */
export function isWebLink(link: string): boolean {
  return link.startsWith('https://')
}

/** Has a link made that lets others in, and copies an invitation with it. */
export function CopyInvitation({ invite, describe, wide = false }: CopyInvitationProps) {
  const { t } = useTranslation()
  const [answer, setAnswer] = useState<Answer | null>(null)
  return (
    <>
      <CopyButton
        variant="quiet"
        wide={wide}
        label={t('invitation.copy')}
        copiedLabel={t('invitation.copied')}
        text={async () => {
          const made = await invite()
          setAnswer(made)
          return made.ok ? describe(made.value.link) : null
        }}
        failure={answer?.ok ? t('invitation.notCopied', { link: answer.value.link }) : null}
      />
      {answer === null || answer.ok ? null : (
        <Notice tone="danger">{describeRoomsFailure(t, answer.error)}</Notice>
      )}
    </>
  )
}
