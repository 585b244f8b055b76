import { useStore } from 'zustand'
import type { RoomTarget } from '../../stores/navigationStore.ts'
import { useRoom } from '../../stores/services.ts'
import { EndedScreen } from './EndedScreen.tsx'
import { LiveRoom } from './LiveRoom.tsx'

/** The room while the call is live, and what is said when it is over. */
export function RoomScreen({ target }: { readonly target: RoomTarget }) {
  const { call } = useRoom()
  const snapshot = useStore(call.store)
  switch (snapshot.kind) {
    case 'live':
      return <LiveRoom snapshot={snapshot} />
    case 'ended':
      return <EndedScreen target={target} roomName={snapshot.roomName} reason={snapshot.reason} />
    case 'idle':
    case 'joining':
    case 'refused':
      // Only for a moment, on the way in or out.
      return null
  }
}
