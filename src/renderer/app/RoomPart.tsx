import { useState, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { SettingsLayer } from './SettingsLayer.tsx'
import { BootScreen } from '../features/boot/BootScreen.tsx'
import { PrejoinScreen } from '../features/prejoin/PrejoinScreen.tsx'
import { RoomScreen } from '../features/room/RoomScreen.tsx'
import { RoomServicesProvider, useApp } from '../stores/services.ts'
import { createRoomHolder } from './createRoomHolder.ts'
import type { Session } from './createSession.ts'

/** From the page before joining to the end of the call. */
export function RoomPart({ session }: { readonly session: Session }) {
  const { activeCall, keys, navigation, recordedFile, screens, settings, visits, watchWindow } = useApp()
  const place = useStore(navigation.store)
  const [holder] = useState(() =>
    createRoomHolder({
      session,
      settings,
      screens,
      navigation,
      keys,
      activeCall,
      visits,
      recordedFile,
      watchWindow,
    }),
  )
  const stack = useSyncExternalStore(holder.subscribe, holder.current)
  if (stack === null) return <BootScreen />
  return (
    <RoomServicesProvider value={stack}>
      {place.kind === 'room' ? <RoomScreen target={place.target} /> : null}
      {place.kind === 'prejoin' ? <PrejoinScreen key={place.target.roomId} target={place.target} /> : null}
      <SettingsLayer />
    </RoomServicesProvider>
  )
}
