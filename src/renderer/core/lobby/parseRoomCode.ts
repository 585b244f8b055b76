import { parsePastedLink } from '../../../shared/links/webInvitation.ts'

/** The way to a room that is not listed: by its code, by an invitation, or by becoming a member of a room that repeats. */
export type RoomCode =
  | { readonly kind: 'room'; readonly roomId: string }
  | { readonly kind: 'roomInvite'; readonly roomId: string; readonly inviteCode: string }
  | { readonly kind: 'recurringInvite'; readonly inviteCode: string }

const roomIdPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What a text leads to: a room's code, which is its id, or an invitation's link of either scheme; null for any other text. */
export function parseRoomCode(text: string): RoomCode | null {
  const code = text.trim().toLowerCase()
  if (roomIdPattern.test(code)) return { kind: 'room', roomId: code }
  const link = parsePastedLink(text)
  return link?.kind === 'host' ? null : link
}
