import { createContext, useContext } from 'react'
import type { Platform } from '../core/ports/desktop.ts'
import type { AccountController } from '../controllers/account/accountController.ts'
import type {
  CallController,
  ConnectionTestController,
  EffectsController,
  LocalMediaController,
  MachineController,
  MediaSink,
  QualityController,
  SpeakerController,
  StatisticsController,
  StudyController,
  TimerController,
  ChatController,
  PeopleController,
} from '../controllers/contracts.ts'
import type { LobbyController } from '../controllers/lobby/lobbyController.ts'
import type { BackendStore } from './backendStore.ts'
import type { NavigationStore } from './navigationStore.ts'
import type { SettingsStore } from './settingsStore.ts'
import type { UpdateStore } from './updateStore.ts'

/** There from the first moment. */
export interface AppServices {
  readonly platform: Platform
  readonly backend: BackendStore
  readonly settings: SettingsStore
  readonly navigation: NavigationStore
  /** Opens a page in the system's browser. False when that did not work. */
  readonly openOutside: (url: string) => Promise<boolean>
  readonly updates: UpdateStore
  /** Fetches the room's code ahead of need. */
  readonly prefetchRoom: () => void
}

/** There once the backend is ready. */
export interface SessionServices {
  readonly account: AccountController
  readonly lobby: LobbyController
  readonly study: StudyController
}

/** There from the page before joining until the call is over. */
export interface RoomServices {
  readonly call: CallController
  readonly localMedia: LocalMediaController
  readonly sink: MediaSink
  readonly connectionTest: ConnectionTestController
  readonly effects: EffectsController
  readonly statistics: StatisticsController
  readonly machine: MachineController
  readonly quality: QualityController
  readonly timer: TimerController
  readonly chat: ChatController
  readonly people: PeopleController
  readonly speaker: SpeakerController
}

const AppContext = createContext<AppServices | null>(null)
const SessionContext = createContext<SessionServices | null>(null)
const RoomContext = createContext<RoomServices | null>(null)

export const AppServicesProvider = AppContext.Provider
export const SessionServicesProvider = SessionContext.Provider
export const RoomServicesProvider = RoomContext.Provider

export const useApp = (): AppServices => required(useContext(AppContext))
export const useSession = (): SessionServices => required(useContext(SessionContext))
export const useRoom = (): RoomServices => required(useContext(RoomContext))

function required<T>(services: T | null): T {
  if (services === null) throw new Error('A screen was shown outside the part of the app that it belongs to.')
  return services
}
