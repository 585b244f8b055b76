import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { RoomTarget } from '../../stores/navigationStore.ts'
import { useApp, useRoom } from '../../stores/services.ts'
import { CompactRoom } from './CompactRoom.tsx'
import { EndedScreen } from './EndedScreen.tsx'
import { LiveRoom } from './LiveRoom.tsx'

/** The room while the call is live, and what is said when it is over. */
export function RoomScreen({ target }: { readonly target: RoomTarget }) {
  const { call } = useRoom()
  const { windowSpace } = useApp()
  const snapshot = useStore(call.store)
  const isCompact = useStore(windowSpace.store, (state) => state.isCompact)
  const isLive = snapshot.kind === 'live'
  useEffect(() => {
    // What is said of a call that is over needs the whole window.
    if (!isLive) windowSpace.leave()
  }, [isLive, windowSpace])
  switch (snapshot.kind) {
    case 'live':
      return isCompact ? <CompactRoom snapshot={snapshot} /> : <LiveRoom snapshot={snapshot} />
    case 'ended':
      return <EndedScreen target={target} roomName={snapshot.roomName} reason={snapshot.reason} />
    case 'idle':
    case 'joining':
    case 'refused':
      // Only for a moment, on the way in or out.
      return null
  }
}
