import type { Link } from '../../../shared/links/parseLink.ts'
import type { RoomsFailure, RoomsPort } from '../ports/rooms.ts'
import type { RoomCode } from './parseRoomCode.ts'

/**
 * Goes where a code leads, as its link does; answers why not, or null. Of a code without its link it is asked whether it opens a room,
 * and where it does not, it is one of a recurring room or of none.
 */
export async function followCode(
  ports: {
    readonly follow: (link: Exclude<Link, { readonly kind: 'host' }>) => Promise<RoomsFailure | null>
    readonly findInvitedRoom: RoomsPort['findInvited']
    /** Asks whether to go to a host nearby. */
    readonly meetHost: (code: string) => void
  },
  code: RoomCode,
): Promise<RoomsFailure | null> {
  if (code.kind === 'host') {
    ports.meetHost(code.code)
    return null
  }
  if (code.kind !== 'unknownInvite') return await ports.follow(code)
  const { inviteCode } = code
  const found = await ports.findInvitedRoom(inviteCode)
  if (found.ok) return await ports.follow({ kind: 'roomInvite', roomId: found.value.roomId, inviteCode })
  if (found.error.kind !== 'room_unavailable') return found.error
  return await ports.follow({ kind: 'recurringInvite', inviteCode })
}
