import { createStore } from 'zustand/vanilla'
import type { RecurringRoom } from '../../shared/api/recurringRooms.ts'
import { err, ok } from '../../shared/result.ts'
import type { JoinOutcome, NearbyState } from '../../shared/nearby/nearbyState.ts'
import { mergeSettings } from '../../shared/settings/mergeSettings.ts'
import type { KnownPeople } from '../../shared/api/rooms.ts'
import type { RoomSummary } from '../../shared/domain/room.ts'
import { defaultSettings, type SettingsPatch } from '../../shared/settings/settings.ts'
import type { UpdateState } from '../../shared/updates/updateState.ts'
import type { AccountController } from '../controllers/account/accountController.ts'
import type { BackgroundPictureSnapshot } from '../controllers/backgroundPicture/createBackgroundPictureController.ts'
import { countTags } from '../core/lobby/countTags.ts'
import { createLobbyController } from '../controllers/lobby/lobbyController.ts'
import type {
  ConnectionTestState,
  EffectsSnapshot,
  QualityController,
  QualitySnapshot,
  ProfileController,
  ProfileSnapshot,
  RoomAccessController,
  TimerSnapshot,
  ChatSnapshot,
  AdmissionSnapshot,
  DoorSnapshot,
  GesturesSnapshot,
  PeopleSnapshot,
  PersonChoicesController,
  PersonChoicesSnapshot,
  RecordingFileState,
  RecordingSnapshot,
  ScreenShareController,
  ScreenShareSnapshot,
} from '../controllers/contracts.ts'
import type {
  RecurringController,
  RecurringSnapshot,
} from '../controllers/recurring/createRecurringController.ts'
import type { WindowSpace, WindowSpaceSnapshot } from '../controllers/windowSpace/createWindowSpace.ts'
import type { CallSnapshot } from '../core/call/callSnapshot.ts'
import { ordinaryChoice } from '../core/people/perception.ts'
import type { Platform } from '../core/ports/desktop.ts'
import type { LocalMediaSnapshot } from '../core/ports/localMedia.ts'
import type { TimerView } from '../core/timer/selectTimerView.ts'
import type { RoomsFailure, RoomsPort } from '../core/ports/rooms.ts'
import { createSettingsPanelStore } from '../stores/settingsPanelStore.ts'
import { createActiveCallStore } from '../stores/activeCallStore.ts'
import { createNavigationStore } from '../stores/navigationStore.ts'
import { createRecordedFileStore } from '../stores/recordedFileStore.ts'
import { noRecording } from '../core/recording/recordingState.ts'
import { createRequestStore } from '../stores/requestStore.ts'
import type { AppServices, RoomServices, SessionServices } from '../stores/services.ts'
import { fakeNearby } from './fakeNearby.ts'
import { fakeKeys, fakePanel, type FakePanelOptions, fakeServerStatus } from './fakePanel.ts'
import { paintScreen } from './fakeScreens.ts'
import { fakeStudy } from './fakeStudy.ts'
import { fakeMachine, fakeMeasurements } from './measurements.ts'
import { ada, recurringMembers, roomBans, roomInvites, rooms } from './people.ts'

/** The app's services with fixed answers: every state of every screen without a backend, a camera or a network. */

const noPicture: BackgroundPictureSnapshot = { picture: { kind: 'none' }, isBusy: false, failure: null }

export function fakeApp(
  options: FakePanelOptions & {
    readonly settings?: SettingsPatch
    readonly backgroundPicture?: BackgroundPictureSnapshot
    readonly isCompact?: boolean
    readonly platform?: Platform
    readonly updates?: UpdateState
    readonly recordedFile?: RecordingFileState
    readonly nearby?: Partial<NearbyState>
    readonly joinOutcome?: JoinOutcome
  } = {},
): AppServices {
  const settings = createStore<ReturnType<AppServices['settings']['store']['getState']>>(() => ({
    settings: mergeSettings({ ...defaultSettings, displayName: '' }, options.settings ?? {}),
    notice: null,
  }))
  return {
    platform: options.platform ?? 'linux',
    backend: {
      store: createStore<ReturnType<AppServices['backend']['store']['getState']>>(() => ({
        kind: 'ready',
        mode: 'embedded',
        url: '',
        publishableKey: '',
        livekitUrl: null,
      })),
      retry: () => undefined,
      dispose: () => undefined,
    },
    nearby: fakeNearby(options.nearby, options.joinOutcome),
    settings: {
      store: settings,
      update(patch) {
        const { settings: now } = settings.getState()
        if (now !== null) settings.setState({ settings: mergeSettings(now, patch) })
      },
      dismissNotice: () => settings.setState({ notice: null }),
      dispose: () => undefined,
    },
    settingsPanel: createSettingsPanelStore(),
    panel: fakePanel(options),
    keys: fakeKeys(options),
    backgroundPicture: {
      store: createStore(() => options.backgroundPicture ?? noPicture),
      read: () => Promise.resolve(),
      choose: () => Promise.resolve(true),
      remove: () => Promise.resolve(true),
    },
    navigation: createNavigationStore(),
    openOutside: () => Promise.resolve(true),
    openPrivacyPage: () => Promise.resolve(true),
    activeCall: createActiveCallStore(),
    requests: createRequestStore(),
    recordedFile: fakeRecordedFile(options.recordedFile ?? { kind: 'none' }),
    watchWindow: () => () => undefined,
    enterRoom: () => Promise.resolve(),
    updates: {
      store: createStore<UpdateState>(() => options.updates ?? { kind: 'off' }),
      check: () => undefined,
      restart: () => undefined,
      dispose: () => undefined,
    },
    screens: {
      means: () => Promise.resolve(null),
      list: () => Promise.resolve(null),
      choose: () => Promise.resolve(false),
      openPermissions: () => Promise.resolve(false),
    },
    prefetchRoom: () => undefined,
    visits: { visited: () => [], note: () => undefined },
    windowSpace: fakeWindowSpace(options.isCompact ?? false),
  }
}

function fakeWindowSpace(isCompact: boolean): WindowSpace {
  const store = createStore<WindowSpaceSnapshot>(() => ({ isCompact, isOnTop: true, isFullScreen: false }))
  return {
    store,
    toggleFullScreen: () => Promise.resolve(),
    setCompact: (next) => Promise.resolve(store.setState({ isCompact: next })),
    leave: () => undefined,
  }
}

function fakeRecordedFile(file: RecordingFileState): AppServices['recordedFile'] {
  const recorded = createRecordedFileStore({
    open: () => Promise.resolve(err('notWritable')),
    append: () => Promise.resolve(ok(undefined)),
    close: () => Promise.resolve(true),
    show: () => Promise.resolve(true),
  })
  recorded.set(file)
  return recorded
}

/** What the list of rooms answers: rooms, nothing, a failure, or never. */
export type FakeList = 'rooms' | 'empty' | 'failed' | 'loading'

const unreachable: RoomsFailure = { kind: 'unreachable', message: '', retryAfterMs: null }

export function fakeSession(options: {
  readonly list?: FakeList
  readonly isOffline?: boolean
  readonly needs?: 'name' | 'password'
  /** What was meant to be done in the room that one comes from. */
  readonly goal?: string
  readonly recurring?: readonly RecurringRoom[]
  readonly recent?: readonly RoomSummary[]
  readonly known?: KnownPeople['rooms']
  /** Ada's picture. */
  readonly avatar?: string
  /** What the lists of a room's invitations, members and bans hold. */
  readonly access?: FakeAccess
}): SessionServices {
  const { list = 'rooms' } = options
  const never = () => new Promise<never>(() => undefined)
  const port: RoomsPort = {
    join: never,
    leave: never,
    participants: never,
    setMedia: never,
    heartbeat: never,
    iceServers: never,
    invite: never,
    findInvited: never,
    mediaToken: never,
    topology: never,
    reportMeshFailure: never,
    list: () =>
      list === 'loading'
        ? never()
        : Promise.resolve(
            list === 'failed'
              ? err(unreachable)
              : ok({ rooms: list === 'rooms' ? [...rooms] : [], nextCursor: null }),
          ),
    knownPeople: () => Promise.resolve(ok({ isShown: true, rooms: [...(options.known ?? [])] })),
    setWhereabouts: never,
    recent: () => Promise.resolve(ok(options.recent ?? [])),
    commonTags: () => Promise.resolve(ok(list === 'rooms' ? countTags(rooms) : [])),
    create: () => Promise.resolve(err({ kind: 'rate_limited', message: '', retryAfterMs: 42_000 })),
  }
  const account: AccountController = {
    needs: options.needs ?? 'name',
    store: createStore(() => ({ kind: 'signedIn' as const, account: ada })),
    enterWithName: () => Promise.resolve(err({ kind: 'unreachable', message: '' })),
    signIn: () => Promise.resolve(err({ kind: 'wrongCredentials', message: '' })),
    signUp: () => Promise.resolve(err({ kind: 'emailTaken', message: '' })),
    signOut: () => Promise.resolve(),
    dispose: () => undefined,
  }
  return {
    account,
    serverStatus: fakeServerStatus(),
    recurring: fakeRecurring(options.recurring ?? []),
    whereabouts: { read: () => Promise.resolve(ok(true)), choose: () => Promise.resolve(ok(undefined)) },
    findInvitedRoom: () =>
      Promise.resolve(err({ kind: 'room_unavailable', message: '', retryAfterMs: null })),
    profile: fakeProfile(options.avatar ?? null),
    roomAccess: fakeRoomAccess(options.access ?? 'some'),
    lobby: createLobbyController({
      rooms: port,
      feed: {
        open(handlers) {
          handlers.handleStatus(options.isOffline ? 'reconnecting' : 'live')
          return () => undefined
        },
      },
      clock: { now: () => 0, schedule: () => () => undefined },
      choices: { current: () => defaultSettings.lobby, remember: () => undefined },
      newId: () => '',
    }),
    study: fakeStudy(options.goal ?? null),
  }
}

function fakeProfile(avatar: string | null): ProfileController {
  const store = createStore<ProfileSnapshot>(() => ({ avatar, failure: null }))
  return { store, setAvatar: (next) => Promise.resolve(store.setState({ avatar: next })) }
}

type FakeAccess = 'some' | 'none' | 'failed'

function fakeRoomAccess(access: FakeAccess): RoomAccessController {
  const list = <T>(some: readonly T[]) =>
    Promise.resolve(access === 'failed' ? err(unreachable) : ok(access === 'some' ? some : []))
  const refuse = () => Promise.resolve(err(unreachable))
  return {
    invites: () => list(roomInvites(Date.now())),
    members: () => list(recurringMembers.slice(1)),
    bans: () => list(roomBans(Date.now())),
    invite: refuse,
    revokeInvite: () => Promise.resolve(ok(undefined)),
    revokeInvites: refuse,
    removeMember: () => Promise.resolve(ok('removed')),
    unban: () => Promise.resolve(ok(undefined)),
  }
}

function fakeRecurring(rooms: readonly RecurringRoom[]): RecurringController {
  const refuse = () => Promise.resolve(err(unreachable))
  return {
    store: createStore<RecurringSnapshot>(() => ({ rooms, reading: { kind: 'ready' } })),
    refresh: () => Promise.resolve(),
    create: refuse,
    update: refuse,
    remove: refuse,
    leave: refuse,
    open: refuse,
    invite: refuse,
    revokeInvites: () => Promise.resolve(ok(undefined)),
    members: () => Promise.resolve(ok(recurringMembers)),
    removeMember: () => Promise.resolve(ok(undefined)),
    accept: () => Promise.resolve(err({ kind: 'not_found', message: '', retryAfterMs: null })),
  }
}

const noMedia: LocalMediaSnapshot = {
  camera: { kind: 'off' },
  microphone: { kind: 'off' },
  isMuted: true,
  devices: {
    cameras: [{ deviceId: 'c1', label: 'Integrated Camera' }],
    microphones: [
      { deviceId: 'm1', label: 'Built-in Microphone' },
      { deviceId: 'm2', label: 'Headset' },
    ],
    speakers: [{ deviceId: 's1', label: 'Built-in Speakers' }],
  },
  chosen: { cameraId: null, microphoneId: null, speakerId: null },
}

function fakeQuality(fields: Partial<QualitySnapshot>): QualityController {
  const nothing = () => undefined
  const store = createStore<QualitySnapshot>(() => ({
    choice: 'auto',
    receivesVideo: true,
    warning: null,
    ...fields,
  }))
  return {
    store,
    choose: (choice) => store.setState({ choice }),
    setReceivesVideo: (receivesVideo) => store.setState({ receivesVideo }),
    showTile: nothing,
    setWindowVisible: nothing,
    setScreensShown: nothing,
    setFocusPhase: nothing,
    relieve: nothing,
    dismissWarning: () => store.setState({ warning: null }),
  }
}

function fakeScreenShare(fields: Partial<ScreenShareSnapshot>): ScreenShareController {
  const store = createStore<ScreenShareSnapshot>(() => ({
    share: { kind: 'off' },
    picker: { kind: 'closed' },
    ...fields,
  }))
  return {
    store,
    openPicker: () => undefined,
    closePicker: () => store.setState({ picker: { kind: 'closed' } }),
    start: () => Promise.resolve(),
    stop: () => store.setState({ share: { kind: 'off' } }),
    bar: () => undefined,
    openPermissions: () => undefined,
    dismissFailure: () => store.setState({ share: { kind: 'off' } }),
  }
}

function fakePersonChoices(fields: Partial<PersonChoicesSnapshot>): PersonChoicesController {
  const store = createStore<PersonChoicesSnapshot>(() => ({
    choices: {},
    isDeafened: false,
    shutOut: null,
    ...fields,
  }))
  return {
    store,
    choose: (userId, change) =>
      store.setState(({ choices }) => ({
        choices: { ...choices, [userId]: { ...(choices[userId] ?? ordinaryChoice), ...change } },
      })),
    shutOut: () => store.setState({ shutOut: null }),
    dismissShutOut: () => store.setState({ shutOut: null }),
    setDeafened: (isDeafened) => store.setState({ isDeafened }),
  }
}

export function fakeRoom(options: {
  readonly quality?: Partial<QualitySnapshot>
  readonly media?: Partial<LocalMediaSnapshot>
  readonly call?: CallSnapshot
  readonly connection?: ConnectionTestState
  readonly effects?: Partial<EffectsSnapshot>
  readonly timer?: TimerView
  readonly chat?: Partial<ChatSnapshot>
  readonly personChoices?: Partial<PersonChoicesSnapshot>
  readonly blockedIds?: readonly string[]
  readonly sharing?: Partial<ScreenShareSnapshot>
  readonly gestures?: Partial<GesturesSnapshot>
  /** Who speaks, by connection. */
  readonly speaking?: string
  readonly waiting?: AdmissionSnapshot['waiting']
  readonly door?: Partial<DoorSnapshot>
  readonly recording?: Partial<RecordingSnapshot>
}): RoomServices {
  const done = () => Promise.resolve()
  return {
    call: {
      store: createStore<CallSnapshot>(() => options.call ?? { kind: 'idle' }),
      join: done,
      joinAgain: done,
      setMuted: done,
      setCameraOn: done,
      leave: done,
      retry: () => undefined,
      dismiss: () => undefined,
    },
    localMedia: {
      store: createStore<LocalMediaSnapshot>(() => ({ ...noMedia, ...options.media })),
      start: done,
      setCameraOn: done,
      setMuted: done,
      chooseCamera: done,
      chooseMicrophone: done,
      chooseSpeaker: done,
      playTestSound: done,
      subscribeToLevel: (listener) => {
        listener(options.media?.isMuted === false ? 0.42 : 0)
        return () => undefined
      },
      stop: () => undefined,
    },
    screenShare: fakeScreenShare(options.sharing ?? {}),
    connectionTest: {
      store: createStore<ConnectionTestState>(() => options.connection ?? { kind: 'idle' }),
      start: done,
      cancel: () => undefined,
    },
    statistics: { store: createStore(() => fakeMeasurements(options.call)) },
    machine: { store: createStore(() => fakeMachine) },
    effects: {
      store: createStore<EffectsSnapshot>(() => ({
        background: { choice: 'none', state: 'off' },
        noiseSuppression: { choice: 'standard', state: 'off' },
        reliefReason: null,
        keepsBackground: false,
        ...options.effects,
      })),
      chooseBackground: () => undefined,
      keepBackground: () => undefined,
      chooseNoiseSuppression: () => undefined,
    },
    quality: fakeQuality(options.quality ?? {}),
    people: {
      store: createStore<PeopleSnapshot>(() => ({
        isBusy: false,
        failure: null,
        done: null,
        blockedIds: options.blockedIds ?? [],
      })),
      mute: done,
      remove: done,
      ban: done,
      transfer: done,
      setLocked: done,
      block: done,
      unblock: done,
      report: () => Promise.resolve(true),
    },
    admission: {
      store: createStore<AdmissionSnapshot>(() => ({ waiting: options.waiting ?? { kind: 'none' } })),
      cancel: () => undefined,
    },
    roomSettings: {
      store: createStore(() => ({ isBusy: false, failure: null })),
      save: () => Promise.resolve(true),
      close: () => Promise.resolve(true),
      forgetFailure: () => undefined,
    },
    door: {
      store: createStore<DoorSnapshot>(() => ({
        waiting: [],
        isBusy: false,
        failure: null,
        ...options.door,
      })),
      decide: done,
    },
    gestures: {
      store: createStore<GesturesSnapshot>(() => ({
        shown: {},
        news: null,
        handWish: null,
        failure: null,
        menuRequests: 0,
        ...options.gestures,
      })),
      react: () => undefined,
      toggleHand: done,
      lowerHand: done,
      openMenu: () => undefined,
      dismissFailure: () => undefined,
    },
    personChoices: fakePersonChoices(options.personChoices ?? {}),
    chat: {
      store: createStore<ChatSnapshot>(() => ({
        entries: [],
        unreadCount: 0,
        hasEarlier: false,
        isReading: false,
        failure: null,
        ...options.chat,
      })),
      setOpen: () => undefined,
      send: done,
      sendAgain: done,
      discard: () => undefined,
      remove: done,
      readEarlier: done,
    },
    timer: {
      store: createStore<TimerSnapshot>(() => ({
        view: options.timer ?? null,
        isKnown: true,
        isBusy: false,
        failure: null,
      })),
      start: done,
      pause: done,
      resume: done,
      stop: done,
      skip: done,
    },
    recording: {
      store: createStore<RecordingSnapshot>(() => ({
        state: noRecording,
        file: { kind: 'none' },
        isBusy: false,
        isWithdrawing: false,
        isEndDismissed: false,
        failure: null,
        ...options.recording,
      })),
      request: done,
      answer: done,
      withdraw: done,
      stop: done,
      dismiss: () => undefined,
    },
    speaker: {
      store: createStore(() => ({
        connectionId: options.speaking ?? null,
        isSpeaking: options.speaking !== undefined,
      })),
      follow: () => () => undefined,
    },
    sink: {
      attachVideo(element, source) {
        if (source.kind === 'local') return paint(element, 'Ada')
        return source.picture === 'screen' ? paintScreen(element) : paint(element, source.connectionId)
      },
    },
  }
}

/** A drawn person before a wall, in place of a camera's picture. */
function paint(element: HTMLVideoElement, seed: string): () => void {
  const canvas = document.createElement('canvas')
  canvas.width = 640
  canvas.height = 480
  const context = canvas.getContext('2d')
  if (context === null) return () => undefined
  const hue = (seed.length * 47 + seed.charCodeAt(seed.length - 1) * 71) % 360
  const wall = context.createLinearGradient(0, 0, 640, 480)
  wall.addColorStop(0, `hsl(${hue} 22% 62%)`)
  wall.addColorStop(1, `hsl(${hue + 24} 26% 34%)`)
  context.fillStyle = wall
  context.fillRect(0, 0, 640, 480)
  context.fillStyle = `hsl(${hue + 190} 22% 26%)`
  context.beginPath()
  context.ellipse(320, 500, 190, 170, 0, 0, 2 * Math.PI)
  context.fill()
  context.fillStyle = 'hsl(26 38% 62%)'
  context.beginPath()
  context.ellipse(320, 230, 82, 104, 0, 0, 2 * Math.PI)
  context.fill()
  element.srcObject = canvas.captureStream(1)
  element.play().catch(() => undefined)
  return () => {
    element.srcObject = null
  }
}
