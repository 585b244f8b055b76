import type { RoomInvite } from '../../../shared/api/invites.ts'
import type { RoomBan, RoomMember } from '../../../shared/api/moderation.ts'
import type { Result } from '../../../shared/result.ts'
import type { RoomsFailure } from './rooms.ts'

type Answer<T> = Promise<Result<T, RoomsFailure>>

/** Who may come into one's own room, and who may not. For its creator alone. */
export interface RoomAccessPort {
  /** Those that still let people in, newest first. */
  invites(roomId: string): Answer<readonly RoomInvite[]>
  revokeInvite(roomId: string, inviteId: string): Answer<void>
  revokeInvites(roomId: string): Answer<void>
  /** In the order of joining. */
  members(roomId: string): Answer<readonly RoomMember[]>
  /** They are out of the room, too; `not_found` when they are no member. */
  removeMember(roomId: string, userId: string): Answer<void>
  /** Latest first. */
  bans(roomId: string): Answer<readonly RoomBan[]>
  /** They may come back, by what everybody needs. Idempotent. */
  unban(roomId: string, userId: string): Answer<void>
}
