import { isOutsideAddress } from './outsideAddress.ts'
import { type Link, linkScheme, parseLink } from './parseLink.ts'

/*
 * Invitations over https, for those who have no Studyhall yet and for programs that make no other links clickable. They carry a
 * `studyhall://` link and nothing else: behind the path of the backend's own page, or behind the # of a page that somebody put on a web server.
 */

/** Where the API answers with the page (`supabase/functions/api/invitation`), below the backend's address. */
export const invitationPath = '/functions/v1/api/invitation/'

/** An address and a link; longer ones are no invitations. */
export const WEB_INVITATION_MAX_LENGTH = 600

/** What a field takes that a link or a code is pasted into: there may be blanks around it. */
export const PASTED_LINK_MAX_LENGTH = WEB_INVITATION_MAX_LENGTH + 20

const schemePrefix = `${linkScheme}://`

/** Where others reach what an invitation leads to. */
export interface InvitationPlaces {
  /** The backend's address, without a path. */
  readonly backendUrl: string
  /** The page on a web server, as `isInvitePage` takes it; null: the backend's own. */
  readonly page: string | null
}

/** Whether invitations can go over this page: an https address of others, with nothing behind its path. */
export function isInvitePage(text: string): boolean {
  const isShort = text.length <= WEB_INVITATION_MAX_LENGTH / 2
  return isShort && isOutsideAddress(text) && !/[?#]/u.test(text) && !text.includes(invitationPath)
}

/** A `studyhall://` link as an https address that a browser opens; null where nobody else could: the backend is on this computer. */
export function buildWebInvitation(link: string, { backendUrl, page }: InvitationPlaces): string | null {
  const rest = link.slice(schemePrefix.length)
  const isElsewhere = isInvitePage(backendUrl) && /^https:\/\/[^/]+$/u.test(backendUrl)
  if (!isElsewhere || !link.startsWith(`${schemePrefix}join/`)) return null
  return page === null ? `${backendUrl}${invitationPath}${rest}` : `${page}#${rest}`
}

/**
 * Where an https invitation leads; null for anything else. Which server carried it does not matter: nothing is asked of it.
 * SECURITY: strict as `parseLink`, which judges what is carried; nothing is decoded, cut off or passed over.
 */
export function parseWebInvitation(text: string): Link | null {
  if (text.length > WEB_INVITATION_MAX_LENGTH) return null
  const hash = text.indexOf('#')
  if (hash !== -1) {
    const page = text.slice(0, hash)
    return isInvitePage(page) ? parseLink(`${schemePrefix}${text.slice(hash + 1)}`) : null
  }
  const at = text.indexOf(invitationPath)
  const host = text.slice(0, Math.max(at, 0))
  if (!/^https:\/\/[^/]+$/u.test(host) || !isInvitePage(host)) return null
  const link = parseLink(`${schemePrefix}${text.slice(at + invitationPath.length)}`)
  // A host's code is a secret of two computers: no backend has a page for it.
  return link?.kind === 'host' ? null : link
}

/** What somebody pasted: either form of a link, blanks around it. */
export function parsePastedLink(text: string): Link | null {
  const written = text.trim()
  return parseLink(written) ?? parseWebInvitation(written)
}
