import { createDesktopPort } from '../adapters/desktop/createDesktopPort.ts'
import { createBackendStore } from '../stores/backendStore.ts'
import { createNavigationStore } from '../stores/navigationStore.ts'
import type { AppServices } from '../stores/services.ts'
import { createSettingsStore } from '../stores/settingsStore.ts'
import { createUpdateStore } from '../stores/updateStore.ts'
import { createLazyPart } from '../ui/createLazyPart.tsx'
import type { Session } from './createSession.ts'
import { createSessionHolder, type SessionHolder } from './createSessionHolder.ts'
import { followTheme } from './followTheme.ts'
import { readPlatform } from './readPlatform.ts'
import { systemClock } from './systemClock.ts'
import { systemConnectivity } from './systemConnectivity.ts'

/** The app, wired, before anything is drawn. */
export interface StudyhallApp {
  readonly services: AppServices
  readonly sessions: SessionHolder<Session>
  reportLobbyShown(): void
}

/** The room's code: camera, call, its screens. Fetched when the lobby has nothing better to do. */
export const roomPart = createLazyPart(async () => (await import('./RoomPart.tsx')).RoomPart)

/** Builds the app over the desktop that the preload gives. */
export function createApp(): StudyhallApp {
  const desktop = createDesktopPort(window.desktop)
  // What talks to the backend comes in its own chunk, fetched while the backend starts and the first picture stands.
  const sessionPart = import('./createSession.ts')
  const settings = createSettingsStore(desktop)
  const backend = createBackendStore(desktop)
  followTheme(settings)
  const sessions = createSessionHolder(async (address) =>
    (await sessionPart).createSession({
      address,
      desktop,
      clock: systemClock,
      connectivity: systemConnectivity,
      rememberName: (displayName) => settings.update({ displayName }),
    }),
  )
  backend.store.subscribe((connection) => sessions.handleConnection(connection))
  sessions.handleConnection(backend.store.getState())
  const navigation = createNavigationStore()
  sessions.store.subscribe(({ session }, before) => {
    // Another backend: whatever room the person was in is not there.
    if (before.session !== null && session !== before.session) navigation.go({ kind: 'lobby' })
  })
  navigation.store.subscribe((place, before) => {
    if ((place.kind === 'room') !== (before.kind === 'room')) desktop.reportCall(place.kind === 'room')
  })
  // A page that was loaded anew is in no call, whatever the one before it was.
  desktop.reportCall(false)
  return {
    sessions,
    services: {
      platform: readPlatform(),
      backend,
      settings,
      navigation,
      openOutside: (url) => desktop.openOutside(url),
      updates: createUpdateStore(desktop),
      prefetchRoom: roomPart.prefetch,
    },
    reportLobbyShown: () => desktop.reportLobbyShown(),
  }
}
