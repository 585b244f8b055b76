import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Room } from '../../../shared/domain/room.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { SegmentedChoice } from '../../ui/SegmentedChoice.tsx'
import styles from './RoomAccess.module.css'
import { RoomBans } from './RoomBans.tsx'
import { RoomInvitations } from './RoomInvitations.tsx'
import { RoomMembers } from './RoomMembers.tsx'

const views = ['invitations', 'members', 'bans'] as const
type View = (typeof views)[number]
const parts = { invitations: RoomInvitations, members: RoomMembers, bans: RoomBans } as const

/** Who may come into the room, and who may not, for who opened it. */
export function RoomAccessDialog({ room, onClose }: { readonly room: Room; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const [view, setView] = useState<View>('invitations')
  const Part = parts[view]
  return (
    <Dialog title={t('room.access.title')} closeLabel={t('room.access.close')} onClose={onClose}>
      <SegmentedChoice
        label={t('room.access.show')}
        value={view}
        options={views.map((value) => ({ value, label: t(`room.access.${value}`) }))}
        onChange={setView}
      />
      <div className={styles['view']}>
        <Part key={view} room={room} />
      </div>
    </Dialog>
  )
}
