import { ok } from '../../../shared/result.ts'
import type { RoomAccessPort } from '../../core/ports/roomAccess.ts'
import type { RoomsPort } from '../../core/ports/rooms.ts'
import type { RoomAccessController } from '../contracts.ts'

/**
 * Who may come into one's room. Nothing is kept here: each list is asked for when it is looked at. What somebody else has ended at
 * the same moment is ended all the same, and said as such.
 */
export function createRoomAccessController(deps: {
  readonly port: RoomAccessPort
  readonly rooms: Pick<RoomsPort, 'invite'>
  /** The link that is handed out for a `studyhall://` link. */
  readonly toInvitation: (link: string) => string
}): RoomAccessController {
  const { port, rooms, toInvitation } = deps
  return {
    invites: (roomId) => port.invites(roomId),
    members: (roomId) => port.members(roomId),
    bans: (roomId) => port.bans(roomId),
    async invite(roomId) {
      const answer = await rooms.invite(roomId)
      return answer.ok ? ok({ link: toInvitation(answer.value.link) }) : answer
    },
    async revokeInvite(roomId, inviteId) {
      const answer = await port.revokeInvite(roomId, inviteId)
      return answer.ok || answer.error.kind === 'not_found' ? ok(undefined) : answer
    },
    revokeInvites: (roomId) => port.revokeInvites(roomId),
    async removeMember(roomId, userId, { revokesInvites }) {
      // First these: by one of them they could come back in between.
      const revoked = revokesInvites ? await port.revokeInvites(roomId) : ok(undefined)
      if (!revoked.ok) return revoked
      const answer = await port.removeMember(roomId, userId)
      if (answer.ok) return ok('removed')
      return answer.error.kind === 'not_found' ? ok('wasNone') : answer
    },
    unban: (roomId, userId) => port.unban(roomId, userId),
  }
}
