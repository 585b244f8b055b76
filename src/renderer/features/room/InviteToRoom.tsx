import { useTranslation } from 'react-i18next'
import type { Room } from '../../../shared/domain/room.ts'
import { CopyInvitation, isWebLink } from '../../components/CopyInvitation.tsx'
import { useSession } from '../../stores/services.ts'

export interface InviteToRoomProps {
  readonly room: Room
  readonly onMade?: () => void
}

/** Copies an invitation to one's own room. Nothing where none is needed, and to a room that repeats one invites from the lobby. */
export function InviteToRoom({ room, onMade }: InviteToRoomProps) {
  const { t } = useTranslation()
  const { roomAccess } = useSession()
  if (room.privacy !== 'private' || room.recurringRoomId !== null) return null
  return (
    <CopyInvitation
      invite={async () => {
        const made = await roomAccess.invite(room.id)
        if (made.ok) onMade?.()
        return made
      }}
      describe={(link) =>
        t(isWebLink(link) ? 'room.webInvitation' : 'room.invitation', { room: room.name, link })
      }
    />
  )
}
