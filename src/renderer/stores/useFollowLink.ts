import { useTranslation } from 'react-i18next'
import type { ArrivedLink } from '../../shared/ipc/contract.ts'
import type { RoomsFailure } from '../core/ports/rooms.ts'
import { useApp, useSession } from './services.ts'
import { useRoomName } from './useRoomName.ts'

/** Any but a host's, which has a dialog of its own. */
export type OtherLink = Exclude<ArrivedLink, { readonly kind: 'host' }>

/** Goes where a link leads, once the person has said so; answers why not, or null. Never past the page before joining. */
export function useFollowLink(): (link: OtherLink) => Promise<RoomsFailure | null> {
  const { t } = useTranslation()
  const { activeCall, enterRoom, navigation } = useApp()
  const { recurring } = useSession()
  const nameOf = useRoomName()
  return async (link) => {
    switch (link.kind) {
      case 'room':
        await enterRoom({
          roomId: link.roomId,
          name: nameOf(link.roomId) ?? t('lobby.codeRoom'),
          hasPassword: true,
          isOpenToAll: true,
        })
        return null
      case 'roomInvite':
        await enterRoom({
          roomId: link.roomId,
          name: nameOf(link.roomId) ?? t('link.invitedRoom'),
          hasPassword: false,
          inviteCode: link.inviteCode,
        })
        return null
      case 'recurringInvite': {
        const accepted = await recurring.accept(link.inviteCode)
        if (!accepted.ok) return accepted.error
        // The lobby shows it first. Somebody in a call stays there; the tray has it, too.
        if (activeCall.store.getState().active === null) navigation.go({ kind: 'lobby' })
        return null
      }
      case 'unreadable':
        return null
    }
  }
}
