import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { BootScreen } from '../features/boot/BootScreen.tsx'
import { PrejoinScreen } from '../features/prejoin/PrejoinScreen.tsx'
import { RoomScreen } from '../features/room/RoomScreen.tsx'
import { RoomServicesProvider, useApp } from '../stores/services.ts'
import { consoleLogger } from './consoleLogger.ts'
import { createMediaStack, type MediaStack } from './createMediaStack.ts'
import type { Session } from './createSession.ts'
import { followCall } from './followCall.ts'
import { systemClock } from './systemClock.ts'

/** From the page before joining to the end of the call: one media stack, so that joining opens no device twice. */
export function RoomPart({ session }: { readonly session: Session }) {
  const { navigation, settings } = useApp()
  const place = useStore(navigation.store)
  const [stack, setStack] = useState<MediaStack | null>(null)

  useEffect(() => {
    const chosen = settings.store.getState().settings?.devices
    const created = createMediaStack({
      rooms: session.rooms,
      channel: session.channel,
      account: () => {
        const state = session.account.store.getState()
        return state.kind === 'signedIn' ? state.account : null
      },
      clock: systemClock,
      logger: consoleLogger,
      chosen: chosen ?? { cameraId: null, microphoneId: null, speakerId: null },
    })
    const unfollow = followCall(created.call, navigation)
    const leave = () => {
      const stay = created.activeStay()
      if (stay !== null) session.leaveOnExit(stay)
    }
    window.addEventListener('pagehide', leave)
    setStack(created)
    return () => {
      window.removeEventListener('pagehide', leave)
      unfollow()
      created.dispose()
      setStack(null)
    }
  }, [session, settings, navigation])

  if (stack === null) return <BootScreen step="" />
  return (
    <RoomServicesProvider value={stack}>
      {place.kind === 'room' ? <RoomScreen target={place.target} /> : null}
      {place.kind === 'prejoin' ? <PrejoinScreen key={place.target.roomId} target={place.target} /> : null}
    </RoomServicesProvider>
  )
}
