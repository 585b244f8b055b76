import { createBackgroundStage } from '../adapters/background/createBackgroundStage.ts'
import { createPersonChoicesPort } from '../adapters/desktop/createPersonChoicesPort.ts'
import { createNoiseStage } from '../adapters/noiseSuppression/createNoiseStage.ts'
import {
  type ConnectionTest,
  createConnectionTest,
} from '../controllers/connectionTest/createConnectionTest.ts'
import { selectDeviceClass } from '../core/quality/selectDeviceClass.ts'
import { createEffects, type Effects } from '../controllers/effects/createEffects.ts'
import { defaultSettings } from '../../shared/settings/settings.ts'
import type { KeysController } from '../controllers/keys/createKeysController.ts'
import type { RecordedFileStore } from '../stores/recordedFileStore.ts'
import type { ActiveCallStore } from '../stores/activeCallStore.ts'
import type { ScreenSourcesPort } from '../core/ports/screenShare.ts'
import type { NavigationStore } from '../stores/navigationStore.ts'
import type { AppServices } from '../stores/services.ts'
import type { VisitStore } from '../stores/visitStore.ts'
import type { SettingsStore } from '../stores/settingsStore.ts'
import { consoleLogger } from './consoleLogger.ts'
import { createMediaStack, type MediaStack } from './createMediaStack.ts'
import { createQualityPreferences } from './createQualityPreferences.ts'
import type { Session } from './createSession.ts'
import { followCall } from './followCall.ts'
import { followVerdict } from './followVerdict.ts'
import { systemClock } from './systemClock.ts'
import { systemConnectivity } from './systemConnectivity.ts'
import { systemMachine } from './systemMachine.ts'

/** What there is from the page before joining to the end of the call. */
export type RoomStack = MediaStack & {
  readonly connectionTest: ConnectionTest
  readonly effects: Effects
}

/** The media stack, as an external store of React's: there while somebody looks, ended when nobody does any more. */
export interface RoomHolder {
  readonly current: () => RoomStack | null
  readonly subscribe: (listener: () => void) => () => void
}

/** One stack from the page before joining to the end of the call, so that joining opens no device twice. */
export function createRoomHolder(deps: {
  readonly session: Session
  readonly settings: SettingsStore
  readonly screens: ScreenSourcesPort
  readonly navigation: NavigationStore
  readonly keys: KeysController
  readonly activeCall: ActiveCallStore
  readonly recordedFile: RecordedFileStore
  readonly watchWindow: AppServices['watchWindow']
  readonly visits: VisitStore
}): RoomHolder {
  const listeners = new Set<() => void>()
  let opened: { readonly stack: RoomStack; readonly end: () => void } | null = null
  return {
    current: () => opened?.stack ?? null,
    subscribe(listener) {
      listeners.add(listener)
      if (opened === null) {
        opened = open(deps)
        for (const tell of listeners) tell()
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        opened?.end()
        opened = null
      }
    },
  }
}

function open(deps: Parameters<typeof createRoomHolder>[0]): { stack: RoomStack; end: () => void } {
  const { session, settings, navigation } = deps
  const chosen = settings.store.getState().settings ?? defaultSettings
  const background = createBackgroundStage({ logger: consoleLogger })
  const noiseSuppression = createNoiseStage({ logger: consoleLogger })
  const effects = createEffects({ background, noiseSuppression, chosen: chosen.effects })
  const deviceClass = selectDeviceClass(navigator.hardwareConcurrency)
  const connectionTest = createConnectionTest({
    port: session.connectionTest,
    clock: systemClock,
    deviceClass,
  })
  const media = createMediaStack({
    rooms: session.rooms,
    channel: session.channel,
    samples: session.samples,
    timer: session.timer,
    recording: session.recording,
    recordingFiles: deps.recordedFile.files,
    onRecordingFile: (file) => deps.recordedFile.set(file),
    chat: session.chat,
    moderation: session.moderation,
    gestures: session.gestures,
    admission: session.admission,
    roomSettings: session.roomSettings,
    personChoices: createPersonChoicesPort(localStorage),
    timerPreferences: {
      current: () => (settings.store.getState().settings ?? defaultSettings).timer,
      subscribe: (listener) => settings.store.subscribe(listener),
    },
    screens: deps.screens,
    account: () => {
      const state = session.account.store.getState()
      return state.kind === 'signedIn' ? state.account : null
    },
    clock: systemClock,
    logger: consoleLogger,
    chosen: chosen.devices,
    stages: { camera: background, microphone: noiseSuppression },
    deviceOrder: () =>
      settings.store.getState().settings?.deviceOrder ?? { cameras: [], microphones: [], speakers: [] },
    preferences: createQualityPreferences(settings),
    background: effects,
    deviceClass,
    machine: systemMachine,
  })
  const stack: RoomStack = { ...media, connectionTest, effects }
  const unfollow = followCall(stack.call, navigation)
  const unnoteVisits = stack.call.store.subscribe((snapshot) => {
    if (snapshot.kind === 'live') deps.visits.note(snapshot.room.id)
  })
  const detachKeys = deps.keys.attachCall(stack)
  deps.activeCall.set(stack)
  const unwatchWindow = deps.watchWindow((isVisible) => stack.quality.setWindowVisible(isVisible))
  const unwatch = systemConnectivity.watch((change) => {
    if (change !== 'changed') stack.call.retry()
  })
  const unfollowVerdict = followVerdict(connectionTest, media.localMedia, media.quality)
  const handlePageHide = () => {
    const stay = stack.activeStay()
    if (stay !== null) session.leaveOnExit(stay)
  }
  window.addEventListener('pagehide', handlePageHide)
  return {
    stack,
    end() {
      window.removeEventListener('pagehide', handlePageHide)
      detachKeys()
      deps.activeCall.set(null)
      unwatch()
      unwatchWindow()
      unfollow()
      unnoteVisits()
      unfollowVerdict()
      connectionTest.dispose()
      stack.dispose()
      effects.dispose()
      background.dispose()
      noiseSuppression.dispose()
    },
  }
}
