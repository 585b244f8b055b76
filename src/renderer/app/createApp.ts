import type { i18n } from 'i18next'
import { createBackgroundPicture } from '../adapters/background/createBackgroundPicture.ts'
import { createDeskPort, createNotebook } from '../adapters/desktop/createDeskPort.ts'
import { createDesktopPort } from '../adapters/desktop/createDesktopPort.ts'
import { createRecordingFilesPort } from '../adapters/desktop/createRecordingFilesPort.ts'
import { createNearbyPort } from '../adapters/desktop/createNearbyPort.ts'
import { createSystemKeysPort } from '../adapters/desktop/createKeysPort.ts'
import { createPanelPort } from '../adapters/desktop/createPanelPort.ts'
import { createWindowSpacePort } from '../adapters/desktop/createWindowSpacePort.ts'
import { createWindowKeysPort } from '../adapters/desktop/createWindowKeysPort.ts'
import { createBackgroundPictureController } from '../controllers/backgroundPicture/createBackgroundPictureController.ts'
import { createKeysController } from '../controllers/keys/createKeysController.ts'
import { createWindowSpace } from '../controllers/windowSpace/createWindowSpace.ts'
import { createActiveCallStore } from '../stores/activeCallStore.ts'
import { createBackendStore } from '../stores/backendStore.ts'
import { createNavigationStore } from '../stores/navigationStore.ts'
import { createRecordedFileStore } from '../stores/recordedFileStore.ts'
import { createNearbyStore } from '../stores/nearbyStore.ts'
import { createRequestStore } from '../stores/requestStore.ts'
import type { AppServices } from '../stores/services.ts'
import { createSettingsPanelStore } from '../stores/settingsPanelStore.ts'
import { createSettingsStore } from '../stores/settingsStore.ts'
import { createVisitStore } from '../stores/visitStore.ts'
import { createUpdateStore } from '../stores/updateStore.ts'
import { createLazyPart } from '../ui/createLazyPart.tsx'
import { consoleLogger } from './consoleLogger.ts'
import type { Session } from './createSession.ts'
import { createSessionHolder, type SessionHolder } from './createSessionHolder.ts'
import { enterRoom } from './enterRoom.ts'
import { followCallPresence } from './followCallPresence.ts'
import { followLanguage } from './followLanguage.ts'
import { followNearby } from './followNearby.ts'
import { followTheme } from './followTheme.ts'
import { reloadForPolicy } from './reloadForPolicy.ts'
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
export function createApp(messages: i18n): StudyhallApp {
  const desktop = createDesktopPort(window.desktop)
  const desk = createDeskPort(window.desktop)
  // What talks to the backend comes in its own chunk, fetched while the backend starts and the first picture stands.
  const sessionPart = import('./createSession.ts')
  const settings = createSettingsStore(desktop)
  const backend = createBackendStore(desktop)
  const nearby = createNearbyStore(createNearbyPort(window.desktop))
  followTheme(settings)
  followLanguage(settings, messages, document.documentElement)
  reloadForPolicy(backend, () => location.reload())
  const sessions = createSessionHolder(async (address) =>
    (await sessionPart).createSession({
      address,
      desktop,
      clock: systemClock,
      connectivity: systemConnectivity,
      rememberName: (displayName) => settings.update({ displayName }),
      lobbyChoices: {
        current: () => settings.store.getState().settings?.lobby ?? null,
        remember: (lobby) => settings.update({ lobby }),
      },
    }),
  )
  backend.store.subscribe((connection) => sessions.handleConnection(connection))
  sessions.handleConnection(backend.store.getState())
  const navigation = createNavigationStore()
  sessions.store.subscribe(({ session }, before) => {
    // Another backend: whatever room the person was in is not there.
    if (before.session !== null && session !== before.session) navigation.go({ kind: 'lobby' })
  })
  navigation.store.subscribe((place) => {
    if (place.kind !== 'room') windowSpace.leave()
  })
  const platform = readPlatform()
  const settingsPanel = createSettingsPanelStore()
  // Another screen: what was asked for over the one before is over.
  navigation.store.subscribe(() => settingsPanel.close())
  const activeCall = createActiveCallStore()
  const windowSpace = createWindowSpace(createWindowSpacePort(window.desktop))
  followCallPresence(activeCall, (isInCall) => desktop.reportCall(isInCall))
  const services: AppServices = {
    platform,
    backend,
    nearby,
    settings,
    settingsPanel,
    panel: createPanelPort(window.desktop),
    keys: createKeysController({
      windowKeys: createWindowKeysPort(),
      systemKeys: createSystemKeysPort(window.desktop),
      platform,
      chosen: () => settings.store.getState().settings?.shortcuts ?? null,
      openSettings: () => settingsPanel.open(),
      windowSpace,
    }),
    backgroundPicture: createBackgroundPictureController({
      port: createBackgroundPicture({ logger: consoleLogger }),
    }),
    navigation,
    activeCall,
    visits: createVisitStore(createNotebook(localStorage, 'studyhall.visited')),
    windowSpace,
    requests: createRequestStore(),
    recordedFile: createRecordedFileStore(createRecordingFilesPort(window.desktop)),
    watchWindow: (listener) => desk.watchWindow(listener),
    enterRoom: (target) => enterRoom({ activeCall, navigation }, target),
    openOutside: (url) => desktop.openOutside(url),
    openPrivacyPage: (page) => desktop.openPrivacyPage(page),
    updates: createUpdateStore(desktop),
    screens: desktop.screens,
    prefetchRoom: roomPart.prefetch,
  }
  followNearby({
    nearby,
    sessions,
    activeCall,
    enterRoom: services.enterRoom,
    roomName: () => messages.t('lobby.codeRoom'),
  })
  const beginDesk = async () => {
    // In its own chunk: nothing of it is needed for the first picture.
    const { followDesk } = await import('./followDesk.ts')
    followDesk({
      desk,
      services,
      sessions,
      clock: systemClock,
      told: createNotebook(localStorage, 'studyhall.reminders'),
      messages,
      openSettings: () => settingsPanel.open(),
    })
  }
  void beginDesk()
  return { sessions, services, reportLobbyShown: () => desktop.reportLobbyShown() }
}
