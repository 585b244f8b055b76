import type { Link } from '../../../shared/links/parseLink.ts'
import { parsePastedLink } from '../../../shared/links/webInvitation.ts'
import { parseHostCode } from '../../../shared/nearby/hostCode.ts'

/**
 * What leads to a room, into a group or to a host nearby without the list. `unknownInvite`: a code without its link, of which only the service knows
 * whether it is a room's invite or a recurring room's.
 */
export type RoomCode = Link | { readonly kind: 'unknownInvite'; readonly inviteCode: string }

const roomIdPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** 128 random bits as base64url. The last letter has but four bits to say. */
const inviteCodePattern = /^[\w-]{21}[AQgw]$/

/**
 * What a text leads to: a room's code, which is its id, a host's code, a link of either scheme, or an invitation's code alone; null for
 * any other text. A word of 22 letters may look like a code by chance, so that only a person's wish makes one of it.
 */
export function parseRoomCode(text: string): RoomCode | null {
  const written = text.trim()
  const code = written.toLowerCase()
  if (roomIdPattern.test(code)) return { kind: 'room', roomId: code }
  if (inviteCodePattern.test(written)) return { kind: 'unknownInvite', inviteCode: written }
  return parseHostCode(written) === null ? parsePastedLink(text) : { kind: 'host', code: written }
}
