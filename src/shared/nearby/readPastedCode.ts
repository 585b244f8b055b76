import { parsePastedLink } from '../links/webInvitation.ts'
import { type HostCode, parseHostCode } from './hostCode.ts'

/** The host's code in what somebody has pasted: alone, in a link, or in an https invitation; blanks around it. */
export function readPastedCode(text: string): HostCode | null {
  const link = parsePastedLink(text)
  return parseHostCode(link?.kind === 'host' ? link.code : text.trim())
}
