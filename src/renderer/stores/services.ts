import { createContext, useContext } from 'react'
import type { PrivacyPage } from '../../shared/ipc/privacyPage.ts'
import type { Platform } from '../core/ports/desktop.ts'
import type { Result } from '../../shared/result.ts'
import type { PanelPort } from '../core/ports/panel.ts'
import type { RoomsFailure, RoomsPort } from '../core/ports/rooms.ts'
import type { ScreenSourcesPort } from '../core/ports/screenShare.ts'
import type { AccountController } from '../controllers/account/accountController.ts'
import type {
  AdmissionController,
  CallController,
  ConnectionTestController,
  DoorController,
  EffectsController,
  GesturesController,
  LocalMediaController,
  MachineController,
  MediaSink,
  QualityController,
  ProfileController,
  RoomAccessController,
  RoomSettingsController,
  SpeakerController,
  ScreenShareController,
  StatisticsController,
  StudyController,
  TimerController,
  ChatController,
  PeopleController,
  PersonChoicesController,
  RecordingController,
} from '../controllers/contracts.ts'
import type { BackgroundPictureController } from '../controllers/backgroundPicture/createBackgroundPictureController.ts'
import type { KeysController } from '../controllers/keys/createKeysController.ts'
import type { ServerStatusController } from '../controllers/serverStatus/createServerStatus.ts'
import type { RecurringController } from '../controllers/recurring/createRecurringController.ts'
import type { LobbyController } from '../controllers/lobby/lobbyController.ts'
import type { WindowSpace } from '../controllers/windowSpace/createWindowSpace.ts'
import type { ActiveCallStore } from './activeCallStore.ts'
import type { BackendStore } from './backendStore.ts'
import type { SettingsPanelStore } from './settingsPanelStore.ts'
import type { NearbyStore } from './nearbyStore.ts'
import type { NavigationStore, RoomTarget } from './navigationStore.ts'
import type { RecordedFileStore } from './recordedFileStore.ts'
import type { RequestStore } from './requestStore.ts'
import type { SettingsStore } from './settingsStore.ts'
import type { VisitStore } from './visitStore.ts'
import type { UpdateStore } from './updateStore.ts'

/** There from the first moment. */
export interface AppServices {
  readonly platform: Platform
  readonly backend: BackendStore
  /** Hosting for people nearby, and being somebody's guest. */
  readonly nearby: NearbyStore
  readonly settings: SettingsStore
  readonly settingsPanel: SettingsPanelStore
  readonly panel: PanelPort
  readonly keys: KeysController
  readonly backgroundPicture: BackgroundPictureController
  readonly navigation: NavigationStore
  /** Opens a page in the system's browser. False when that did not work. */
  readonly openOutside: (url: string) => Promise<boolean>
  /** Opens the system's page for what a program may do. False: there is none here, or it did not open. */
  readonly openPrivacyPage: (page: PrivacyPage) => Promise<boolean>
  readonly activeCall: ActiveCallStore
  readonly visits: VisitStore
  /** What was asked for in the tray, or by a link. */
  readonly requests: RequestStore
  /** The file of a recording, also after the call. */
  readonly recordedFile: RecordedFileStore
  /** Calls back with whether the window can be seen, now and after each change. */
  readonly watchWindow: (listener: (isVisible: boolean) => void) => () => void
  /** To the page before joining, or past it; leaves the room that the person is in first. */
  readonly enterRoom: (target: RoomTarget) => Promise<void>
  readonly updates: UpdateStore
  /** How much of the screen the window takes in a room. */
  readonly windowSpace: WindowSpace
  /** What there is on this computer to share. */
  readonly screens: ScreenSourcesPort
  /** Fetches the room's code ahead of need. */
  readonly prefetchRoom: () => void
}

/** Whether people of one's recurring rooms are told in which public room one is; kept by the service, for the account. */
export interface WhereaboutsService {
  readonly read: () => Promise<Result<boolean, RoomsFailure>>
  readonly choose: (isShown: boolean) => Promise<Result<void, RoomsFailure>>
}

/** There once the backend is ready. */
export interface SessionServices {
  readonly account: AccountController
  readonly lobby: LobbyController
  readonly study: StudyController
  readonly serverStatus: ServerStatusController
  readonly recurring: RecurringController
  readonly whereabouts: WhereaboutsService
  /** The room that an invite's code opens. */
  readonly findInvitedRoom: RoomsPort['findInvited']
  /** One's own picture. */
  readonly profile: ProfileController
  /** Who may come into the room that one has opened. */
  readonly roomAccess: RoomAccessController
}

/** Camera, microphone and speakers, and what is done to them: those of the call, or some of their own while there is none. */
export interface DeviceServices {
  readonly localMedia: LocalMediaController
  readonly sink: MediaSink
  readonly effects: EffectsController
}

/** There from the page before joining until the call is over. */
export interface RoomServices {
  readonly call: CallController
  readonly localMedia: LocalMediaController
  readonly screenShare: ScreenShareController
  readonly sink: MediaSink
  readonly connectionTest: ConnectionTestController
  readonly effects: EffectsController
  readonly statistics: StatisticsController
  readonly machine: MachineController
  readonly quality: QualityController
  readonly timer: TimerController
  readonly chat: ChatController
  readonly people: PeopleController
  readonly gestures: GesturesController
  readonly admission: AdmissionController
  readonly door: DoorController
  readonly roomSettings: RoomSettingsController
  readonly personChoices: PersonChoicesController
  readonly speaker: SpeakerController
  readonly recording: RecordingController
}

const AppContext = createContext<AppServices | null>(null)
const SessionContext = createContext<SessionServices | null>(null)
const DeviceContext = createContext<DeviceServices | null>(null)
const RoomContext = createContext<RoomServices | null>(null)

export const AppServicesProvider = AppContext.Provider
export const SessionServicesProvider = SessionContext.Provider
export const DeviceServicesProvider = DeviceContext.Provider
export const RoomServicesProvider = RoomContext.Provider

export const useApp = (): AppServices => required(useContext(AppContext))
export const useSession = (): SessionServices => required(useContext(SessionContext))
export const useRoom = (): RoomServices => required(useContext(RoomContext))

/** Null before the backend's first answer. */
export const useMaybeSession = (): SessionServices | null => useContext(SessionContext)
/** Null outside the page before joining and the room. */
export const useMaybeRoom = (): RoomServices | null => useContext(RoomContext)

export function useDevices(): DeviceServices {
  const own = useContext(DeviceContext)
  return required(useContext(RoomContext) ?? own)
}

function required<T>(services: T | null): T {
  if (services === null) throw new Error('A screen was shown outside the part of the app that it belongs to.')
  return services
}
