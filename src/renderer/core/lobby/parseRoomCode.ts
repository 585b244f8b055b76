import { parseLink } from '../../../shared/links/parseLink.ts'

/** The way to a room that is not listed. `inviteCode` null: by its code alone. */
export interface RoomCode {
  readonly roomId: string
  readonly inviteCode: string | null
}

const roomIdPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What a text leads to: a room's code, which is its id, or an invitation's link; null for any other text. */
export function parseRoomCode(text: string): RoomCode | null {
  const written = text.trim()
  const code = written.toLowerCase()
  if (roomIdPattern.test(code)) return { roomId: code, inviteCode: null }
  const link = parseLink(written)
  switch (link?.kind) {
    case 'room':
      return { roomId: link.roomId, inviteCode: null }
    case 'roomInvite':
      return { roomId: link.roomId, inviteCode: link.inviteCode }
    default:
      return null
  }
}
