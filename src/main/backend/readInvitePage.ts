import { isInvitePage } from '../../shared/links/webInvitation.ts'
import type { MainLog } from '../log/mainLog.ts'

/** `STUDYHALL_INVITE_PAGE`: where the page for invitations stands; null: nowhere. One that is none is not used, and said to be so. */
export function readInvitePage(
  environment: { readonly STUDYHALL_INVITE_PAGE?: string | undefined },
  log: Pick<MainLog, 'warn'>,
): string | null {
  const text = environment.STUDYHALL_INVITE_PAGE?.trim() ?? ''
  if (text === '') return null
  if (isInvitePage(text)) return text
  log.warn(
    'STUDYHALL_INVITE_PAGE is not used: it must be an https address with nothing behind its path, like https://example.org/invite/',
  )
  return null
}
