import { useTranslation } from 'react-i18next'
import type { RoomCode } from '../core/lobby/parseRoomCode.ts'
import { followCode } from '../core/lobby/followCode.ts'
import type { RoomsFailure } from '../core/ports/rooms.ts'
import { useApp, useSession } from './services.ts'
import { useFollowLink } from './useFollowLink.ts'
import { useRoomName } from './useRoomName.ts'

/** Goes where a code leads, as its link does; answers why not, or null. */
export function useFollowCode(): (code: RoomCode) => Promise<RoomsFailure | null> {
  const follow = useFollowLink()
  const { t } = useTranslation()
  const nameOf = useRoomName()
  const { enterRoom, requests } = useApp()
  const { findInvitedRoom } = useSession()
  const followHere: typeof follow = async (link) => {
    if (link.kind !== 'room') return await follow(link)
    // Whoever was given a room's code was asked in by somebody: unlike with a link, which may stand anywhere.
    await enterRoom({
      roomId: link.roomId,
      name: nameOf(link.roomId) ?? t('lobby.codeRoom'),
      hasPassword: true,
    })
    return null
  }
  // Which network it leads to, and what that means, is said there.
  const meetHost = (code: string) => requests.ask({ kind: 'joinNearby', code })
  return (code) => followCode({ follow: followHere, findInvitedRoom, meetHost }, code)
}
