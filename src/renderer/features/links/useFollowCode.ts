import type { RoomCode } from '../../core/lobby/parseRoomCode.ts'
import { followCode } from '../../core/lobby/followCode.ts'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import { useSession } from '../../stores/services.ts'
import { useFollowLink } from './useFollowLink.ts'

/** Goes where a code leads, as its link does; answers why not, or null. */
export function useFollowCode(): (code: RoomCode) => Promise<RoomsFailure | null> {
  const follow = useFollowLink()
  const { findInvitedRoom } = useSession()
  return (code) => followCode({ follow, findInvitedRoom }, code)
}
