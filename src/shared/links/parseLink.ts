import { parseInviteLink } from '../api/inviteLink.ts'
import { parseHostCode } from '../nearby/hostCode.ts'

/** The scheme that the system hands to Studyhall. */
export const linkScheme = 'studyhall'

/** A link that is longer is none, whatever it says. */
const LINK_MAX_LENGTH = 300

/**
 * Where a link leads. `room`: to a room by its code; `roomInvite`: to a room by an invite; `recurringInvite`: to membership in a recurring
 * room; `host`: to somebody who hosts for people nearby, by their code.
 */
export type Link =
  | { readonly kind: 'room'; readonly roomId: string }
  | { readonly kind: 'roomInvite'; readonly roomId: string; readonly inviteCode: string }
  | { readonly kind: 'recurringInvite'; readonly inviteCode: string }
  | { readonly kind: 'host'; readonly code: string }

const roomPattern = /^studyhall:\/\/join\/([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})$/
/** 128 random bits as base64url. */
const recurringPattern = /^studyhall:\/\/join\/([\w-]{22})$/
const hostPrefix = `${linkScheme}://host/`

/** The link that makes somebody a member of a recurring room: `studyhall://join/<code>`. */
export function buildRecurringInviteLink(inviteCode: string): string {
  return `${linkScheme}://join/${inviteCode}`
}

/**
 * What a link says; null for anything but the forms above, to the letter.
 * SECURITY: links come from anywhere. Nothing is decoded, cut off, folded or passed over, and nothing in a link turns a camera or a
 * microphone on.
 */
export function parseLink(text: string): Link | null {
  if (text.length > LINK_MAX_LENGTH) return null
  const invite = parseInviteLink(text)
  if (invite !== null) return { kind: 'roomInvite', ...invite }
  const roomId = roomPattern.exec(text)?.[1]
  if (roomId !== undefined) return { kind: 'room', roomId }
  const inviteCode = recurringPattern.exec(text)?.[1]
  if (inviteCode !== undefined) return { kind: 'recurringInvite', inviteCode }
  const code = text.startsWith(hostPrefix) ? text.slice(hostPrefix.length) : ''
  return parseHostCode(code) === null ? null : { kind: 'host', code }
}
