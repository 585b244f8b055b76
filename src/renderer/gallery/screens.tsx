import type { ReactNode } from 'react'
import type { ConsentAnswer } from '../../shared/domain/recording.ts'
import type { SettingsPatch } from '../../shared/settings/settings.ts'
import type { Room } from '../../shared/domain/room.ts'
import type { ConnectionTestState } from '../controllers/contracts.ts'
import type {
  GesturesSnapshot,
  PersonChoicesSnapshot,
  QualitySnapshot,
  RecordingSnapshot,
  ScreenShareSnapshot,
} from '../controllers/contracts.ts'
import type { CallEnd, CallSnapshot, PersonSnapshot } from '../core/call/callSnapshot.ts'
import type { CaptureFailure } from '../core/ports/localMedia.ts'
import type { RecordingState } from '../core/recording/recordingState.ts'
import { judgeConnection } from '../core/precall/judgeConnection.ts'
import { BootCrashedScreen } from '../features/boot/BootCrashedScreen.tsx'
import { BootFailedScreen } from '../features/boot/BootFailedScreen.tsx'
import { BootScreen } from '../features/boot/BootScreen.tsx'
import appStyles from '../app/App.module.css'
import { StatusNotices } from '../features/boot/StatusNotices.tsx'
import { LinkDialog } from '../features/links/LinkDialog.tsx'
import type { OtherLink } from '../stores/useFollowLink.ts'
import { HostDialog } from '../features/nearby/HostDialog.tsx'
import { JoinHostDialog } from '../features/nearby/JoinHostDialog.tsx'
import { EditRecurringDialog } from '../features/lobby/EditRecurringDialog.tsx'
import { UpdateNotice } from '../features/boot/UpdateNotice.tsx'
import { LobbyScreen } from '../features/lobby/LobbyScreen.tsx'
import { MembersDialog } from '../features/lobby/MembersDialog.tsx'
import { WeekDialog } from '../features/lobby/WeekDialog.tsx'
import { NewRoomDialog } from '../features/lobby/NewRoomDialog.tsx'
import { PrejoinScreen } from '../features/prejoin/PrejoinScreen.tsx'
import { RoomScreen } from '../features/room/RoomScreen.tsx'
import { PeoplePanel } from '../features/room/PeoplePanel.tsx'
import { RoomAccessDialog } from '../features/room/RoomAccessDialog.tsx'
import { RoomSettingsDialog } from '../features/room/RoomSettingsDialog.tsx'
import { ReportDialog } from '../features/room/ReportDialog.tsx'
import { ChatPanel } from '../features/room/ChatPanel.tsx'
import { StatisticsPanel } from '../features/room/StatisticsPanel.tsx'
import { CheatSheet } from '../features/settings/CheatSheet.tsx'
import { SettingsPanel } from '../features/settings/SettingsPanel.tsx'
import { WelcomeScreen } from '../features/welcome/WelcomeScreen.tsx'
import type { RoomTarget } from '../stores/navigationStore.ts'
import {
  AppServicesProvider,
  DeviceServicesProvider,
  RoomServicesProvider,
  SessionServicesProvider,
} from '../stores/services.ts'
import type { SettingsSection } from '../stores/settingsPanelStore.ts'
import { Components } from './Components.tsx'
import type { TimerView } from '../core/timer/selectTimerView.ts'
import { chatEntries } from './chatEntries.ts'
import { fakeSources } from './fakeScreens.ts'
import { fakeApp, fakeRoom, fakeSession } from './fakeServices.ts'
import { hostCode } from './fakeNearby.ts'
import { ada, eveningRooms, manyPeople, people, recurringRooms, rooms } from './people.ts'

const nothing = () => undefined
const known = rooms.slice(0, 4).flatMap((room, index) =>
  room.privacy === 'private' || index === 2
    ? []
    : [
        {
          roomId: room.id,
          names: ['Mia Okafor', 'Jon', 'Aiko'].slice(0, index + 1),
          count: index === 3 ? 6 : index + 1,
        },
      ],
)
const first = rooms[2]
if (first === undefined) throw new Error('The gallery has no room to show.')
const target: RoomTarget = { roomId: first.id, name: first.name, hasPassword: false }
const room: Room = {
  ...first,
  creatorId: ada.userId,
  isLocked: false,
  recurringRoomId: null,
  settings: { allowChat: true, allowVideo: true, allowScreenshare: true, allowTimerControl: true },
}

const readings = {
  downloadBps: 24_300_000,
  uploadBps: 8_120_000,
  relay: { kind: 'none' },
  deviceClass: 'strong',
} as const
const recommended: ConnectionTestState = { kind: 'done', verdict: judgeConnection(readings), readings }
const slow: ConnectionTestState = {
  kind: 'done',
  verdict: judgeConnection({ ...readings, uploadBps: 310_000 }),
  readings: { ...readings, uploadBps: 310_000 },
}

function lobby(options: Parameters<typeof fakeSession>[0], over?: ReactNode) {
  return (
    <SessionServicesProvider value={fakeSession(options)}>
      <LobbyScreen onShown={nothing} />
      {over}
    </SessionServicesProvider>
  )
}

function prejoin(
  media: Parameters<typeof fakeRoom>[0]['media'],
  call: CallSnapshot = { kind: 'idle' },
  hasPassword = false,
  connection: ConnectionTestState = recommended,
  isOpenToAll = false,
) {
  return (
    <SessionServicesProvider value={fakeSession({})}>
      <RoomServicesProvider value={fakeRoom({ media: media ?? {}, call, connection })}>
        <PrejoinScreen target={{ ...target, hasPassword, isOpenToAll }} />
      </RoomServicesProvider>
    </SessionServicesProvider>
  )
}

function inRoom(
  call: CallSnapshot,
  media: Parameters<typeof fakeRoom>[0]['media'] = {},
  quality: Partial<QualitySnapshot> = {},
  timer?: TimerView,
  sharing: Partial<ScreenShareSnapshot> = {},
  gestures: Partial<GesturesSnapshot> = {},
) {
  return (
    <SessionServicesProvider value={fakeSession({})}>
      <RoomServicesProvider
        value={fakeRoom({ call, media, quality, sharing, gestures, ...(timer ? { timer } : {}) })}
      >
        <RoomScreen target={target} />
      </RoomServicesProvider>
    </SessionServicesProvider>
  )
}

function live(
  count: number,
  fields: Partial<Extract<CallSnapshot, { kind: 'live' }>> = {},
): Extract<CallSnapshot, { kind: 'live' }> {
  return {
    kind: 'live',
    room,
    self: { ...ada, connectionId: ada.userId, handRaisedAt: null },
    others: people.slice(0, count),
    signaling: 'joined',
    mediaServer: 'notNeeded',
    isMutedByCreator: false,
    ...fields,
  }
}

function statistics(count: number) {
  return (
    <RoomServicesProvider value={fakeRoom({ call: live(count) })}>
      <StatisticsPanel people={people.slice(0, count)} onClose={nothing} />
    </RoomServicesProvider>
  )
}

/** All but the first of them have raised a hand. */
const raiseHand = (person: PersonSnapshot, index: number): PersonSnapshot =>
  index > 0 ? { ...person, handRaisedAt: `2026-11-27T09:00:0${index}.000000Z` } : person
/** One is quieter, one hidden and silenced, one blocked, all for oneself alone. */
function forYou(fields: Partial<PersonChoicesSnapshot>) {
  const [mia, jon, aiko] = people
  if (mia === undefined || jon === undefined || aiko === undefined) return null
  const choices = {
    [mia.userId]: { volumePercent: 40, isSilenced: false, isHidden: false },
    [jon.userId]: { volumePercent: 100, isSilenced: true, isHidden: true },
  }
  return (
    <SessionServicesProvider value={fakeSession({})}>
      <RoomServicesProvider
        value={fakeRoom({
          call: live(3),
          media: { camera: cameraOn },
          personChoices: { choices, isDeafened: true, ...fields },
          blockedIds: [aiko.userId],
        })}
      >
        <RoomScreen target={target} />
      </RoomServicesProvider>
    </SessionServicesProvider>
  )
}

/** The second of them shares a screen. */
const shareScreen = (person: PersonSnapshot, index: number): PersonSnapshot =>
  index === 1 ? { ...person, mediaState: { ...person.mediaState, isScreensharing: true } } : person

const ended = (reason: CallEnd) => inRoom({ kind: 'ended', roomId: room.id, roomName: room.name, reason })
const unavailable = (reason: CaptureFailure) => ({ kind: 'unavailable', reason }) as const
const cameraOn = { kind: 'on', deviceId: 'c1', label: 'Integrated Camera' } as const
const microphoneOn = { kind: 'on', deviceId: 'm1', label: 'Built-in Microphone' } as const

const focusPhase: TimerView = {
  phase: 'focus',
  round: 2,
  rounds: 4,
  remainingSeconds: 1_067,
  isPaused: false,
  isOver: false,
}

const microphoneOpen = { microphone: microphoneOn, isMuted: false }

const link = (arrived: OtherLink) => <LinkDialog link={arrived} onClose={nothing} />

/** A screen below what is said above all screens, as the app has it. */
function below(notices: ReactNode, screen: ReactNode) {
  return (
    <div className={appStyles['frame']}>
      {notices}
      <div className={appStyles['screen']}>{screen}</div>
    </div>
  )
}

/** A screen while somebody hosts, or is a guest. */
function nearby(options: Parameters<typeof fakeApp>[0], screen: ReactNode) {
  return (
    <AppServicesProvider value={fakeApp(options)}>
      {below(<StatusNotices hasSession />, screen)}
    </AppServicesProvider>
  )
}
const hosting = {
  hosting: {
    kind: 'on',
    code: hostCode,
    hasMoved: false,
    addresses: ['192.168.1.7'],
    port: 47_310,
    guests: 2,
  },
} as const
const asGuest = { guest: { kind: 'joined', hostName: 'Ada Okafor', isReachable: true } } as const

function membersOfRecurring() {
  const [owned] = recurringRooms(Date.now())
  return owned ? <MembersDialog room={owned} onClose={nothing} /> : null
}

function editRecurring() {
  const [edited] = recurringRooms(Date.now())
  return edited ? <EditRecurringDialog room={edited} onClose={nothing} /> : null
}

const welcome = (needs: 'name' | 'password') => (
  <SessionServicesProvider value={fakeSession({ needs })}>
    <WelcomeScreen />
  </SessionServicesProvider>
)

function recordingAt(
  kind: 'asked' | 'recording',
  answers: Readonly<Record<string, ConsentAnswer>>,
  requesterId = people[0]?.userId ?? '',
): RecordingState {
  const open = {
    id: 'r',
    requesterId,
    answers: Object.entries(answers).map(([userId, answer]) => ({ userId, answer })),
    needsAnswer: kind === 'recording' && answers[ada.userId] !== 'given',
    toldMs: 0,
  }
  return kind === 'asked' ? { kind, ...open } : { kind, ...open, startedAtMs: 0 }
}

function recorded(state: RecordingState, fields: Partial<RecordingSnapshot> = {}) {
  return (
    <SessionServicesProvider value={fakeSession({})}>
      <RoomServicesProvider
        value={fakeRoom({ call: live(3), media: { camera: cameraOn }, recording: { state, ...fields } })}
      >
        <RoomScreen target={target} />
      </RoomServicesProvider>
    </SessionServicesProvider>
  )
}

/** A section of the settings over the lobby, or over the room. */
function settings(
  section: SettingsSection,
  app: Parameters<typeof fakeApp>[0] = {},
  media: Parameters<typeof fakeRoom>[0]['media'] = {},
  avatar?: string,
) {
  return (
    <AppServicesProvider value={fakeApp(app)}>
      <SessionServicesProvider value={fakeSession(avatar === undefined ? {} : { avatar })}>
        <LobbyScreen onShown={nothing} />
        <DeviceServicesProvider value={fakeRoom({ media: media ?? {} })}>
          <SettingsPanel section={section} />
        </DeviceServicesProvider>
      </SessionServicesProvider>
    </AppServicesProvider>
  )
}

const talking = { talkMode: 'pushToTalk', talkKey: 'F9', talkEverywhere: true } as const
const hosted = { kind: 'hosted', url: 'https://abcdefgh.supabase.co' } as const

function roomAccess(access: 'some' | 'none' | 'failed') {
  return (
    <SessionServicesProvider value={fakeSession({ access })}>
      <RoomAccessDialog room={{ ...room, privacy: 'private' }} onClose={nothing} />
    </SessionServicesProvider>
  )
}

/** Every screen in every state worth looking at, by the name that `gallery.html#name` shows it under. */
export const screens: Readonly<Record<string, () => ReactNode>> = {
  components: () => <Components />,
  'boot-starting': () => <BootScreen />,
  'boot-failed': () => (
    <BootFailedScreen
      failure={{
        kind: 'disk-full',
        message: 'The disk that holds the database is full. Free some space, then start again.',
      }}
      onRetry={nothing}
      onOpenSettings={nothing}
    />
  ),
  'boot-crashed': () => <BootCrashedScreen onReload={nothing} />,
  welcome: () => welcome('name'),
  'welcome-hosted': () => welcome('password'),
  lobby: () => lobby({}),
  'lobby-loading': () => lobby({ list: 'loading' }),
  'lobby-empty': () => lobby({ list: 'empty' }),
  'lobby-failed': () => lobby({ list: 'failed' }),
  'lobby-update': () => below(<UpdateNotice version="1.4.0" onRestart={nothing} />, lobby({})),
  'lobby-offline': () => lobby({ isOffline: true }),
  'lobby-check-in': () => lobby({ goal: 'Outline of chapter two' }),
  week: () => lobby({}, <WeekDialog onClose={nothing} />),
  'lobby-recurring': () => lobby({ recurring: recurringRooms(Date.now()) }),
  'lobby-recent': () =>
    lobby({ recurring: recurringRooms(Date.now()).slice(0, 2), recent: rooms.slice(1, 3), known }),
  'lobby-evening': () => lobby({ recurring: eveningRooms(Date.now()), known }),
  'link-recurring': () => lobby({}, link({ kind: 'recurringInvite', inviteCode: 'Zm9vYmFyYmF6cXV4LV9hYg' })),
  'link-room': () => lobby({}, link({ kind: 'room', roomId: room.id })),
  'link-host': () => lobby({}, <JoinHostDialog code={hostCode} onClose={nothing} />),
  'join-host': () => lobby({}, <JoinHostDialog code={null} onClose={nothing} />),
  'host-off': () => lobby({}, <HostDialog onClose={nothing} />),
  'host-problem': () =>
    nearby(
      { nearby: { hosting: { kind: 'off', problem: 'no_network' } } },
      lobby({}, <HostDialog onClose={nothing} />),
    ),
  'host-on': () => nearby({ nearby: hosting }, lobby({}, <HostDialog onClose={nothing} />)),
  'lobby-hosting': () => nearby({ nearby: hosting }, lobby({})),
  'lobby-guest': () => nearby({ nearby: asGuest }, lobby({})),
  'lobby-guest-ended': () =>
    nearby(
      { nearby: { guest: { kind: 'none', ended: { hostName: 'Ada Okafor', reason: 'stopped' } } } },
      lobby({}),
    ),
  'welcome-guest': () => nearby({ nearby: asGuest }, welcome('name')),
  'link-unreadable': () => lobby({}, link({ kind: 'unreadable' })),
  'edit-recurring': () => lobby({}, editRecurring()),
  'members-recurring': () => lobby({}, membersOfRecurring()),
  'new-room': () => lobby({}, <NewRoomDialog onClose={nothing} onCreated={nothing} />),
  prejoin: () => prejoin({}),
  'prejoin-listening': () => prejoin({}, { kind: 'idle' }, false, recommended, true),
  'prejoin-on': () => prejoin({ camera: cameraOn, microphone: microphoneOn, isMuted: false }),
  'prejoin-checking': () =>
    prejoin({ camera: cameraOn }, { kind: 'idle' }, false, { kind: 'running', part: 'upload' }),
  'prejoin-slow': () => prejoin({}, { kind: 'idle' }, false, slow),
  'prejoin-unchecked': () =>
    prejoin({ camera: cameraOn }, { kind: 'idle' }, false, { kind: 'failed', failure: 'unreachable' }),
  'prejoin-denied': () => prejoin({ camera: unavailable('denied'), microphone: unavailable('missing') }),
  'prejoin-refused': () =>
    prejoin(
      { camera: cameraOn },
      {
        kind: 'refused',
        roomId: room.id,
        failure: { kind: 'room_unavailable', message: '', retryAfterMs: null },
      },
      true,
    ),
  'settings-profile': () => settings('profile'),
  'settings-profile-picture': () => settings('profile', {}, {}, 'cat-plum'),
  'settings-devices': () => settings('devices'),
  'settings-devices-on': () =>
    settings('devices', {}, { camera: cameraOn, microphone: microphoneOn, isMuted: false }),
  'settings-quality': () => settings('quality'),
  'settings-appearance': () => settings('appearance'),
  'settings-notifications': () => settings('notifications'),
  'settings-shortcuts': () =>
    settings('shortcuts', {
      settings: {
        shortcuts: { mute: 'Control+Shift+M', show: 'Control+C', camera: 'Alt+Shift+V', ...talking },
      },
      states: { mute: 'active', camera: 'taken' },
      talk: 'waiting',
    }),
  'settings-start-up': () => settings('startUp', { settings: { startUp: { atLogin: true } } }),
  'settings-privacy': () => settings('privacy'),
  'settings-backend': () => settings('backend'),
  'settings-backend-hosted': () => settings('backend', { choice: { ...hosted, isFixed: false } }),
  'settings-backend-fixed': () => settings('backend', { choice: { ...hosted, isFixed: true } }),
  'settings-storage': () => settings('storage'),
  'settings-about': () => settings('about'),
  'cheat-sheet': () => (
    <AppServicesProvider
      value={fakeApp({ settings: { shortcuts: { mute: 'Control+Shift+M', ...talking } } })}
    >
      {lobby({}, <CheatSheet />)}
    </AppServicesProvider>
  ),
  'room-alone': () => inRoom(live(0)),
  'room-two': () => inRoom(live(1), { camera: cameraOn, microphone: microphoneOn, isMuted: false }),
  'room-four': () => inRoom(live(3), { camera: cameraOn }),
  statistics: () => statistics(3),
  'statistics-empty': () => statistics(0),
  'room-sharing': () =>
    inRoom(live(2), { camera: cameraOn }, {}, undefined, {
      share: { kind: 'on', name: 'Thesis.tex', content: 'text', sound: 'refused' },
    }),
  'recording-ask': () => recorded(recordingAt('asked', { [ada.userId]: 'pending' })),
  'recording-late': () => recorded(recordingAt('recording', { [ada.userId]: 'pending' })),
  'recording-runs': () => recorded(recordingAt('recording', { [ada.userId]: 'given' })),
  'recording-own': () =>
    recorded(recordingAt('recording', { [ada.userId]: 'given' }, ada.userId), {
      file: { kind: 'writing', name: '', isPaused: false },
    }),
  'recording-waiting': () =>
    recorded(
      recordingAt(
        'asked',
        {
          [ada.userId]: 'given',
          ...Object.fromEntries(people.slice(0, 2).map((p) => [p.userId, 'pending'])),
        },
        ada.userId,
      ),
    ),
  'recording-ended': () =>
    recorded({
      kind: 'ended',
      id: 'r',
      requesterId: ada.userId,
      reason: 'withdrawn',
      endedBy: null,
      hasRun: true,
      toldMs: 0,
    }),
  'recording-saved': () => (
    <AppServicesProvider
      value={fakeApp({ recordedFile: { kind: 'saved', name: '2026-11-27 09-05 Thesis hour.webm' } })}
    >
      {below(<StatusNotices hasSession />, lobby({}))}
    </AppServicesProvider>
  ),
  'recording-disk-full': () => (
    <AppServicesProvider
      value={fakeApp({
        recordedFile: { kind: 'failed', reason: 'diskFull', name: '2026-11-27 09-05 Thesis hour.webm' },
      })}
    >
      {below(<StatusNotices hasSession />, lobby({}))}
    </AppServicesProvider>
  ),
  'room-without-screens': () =>
    inRoom(live(1, { room: { ...room, settings: { ...room.settings, allowScreenshare: false } } })),
  'share-picker': () =>
    inRoom(live(1), {}, {}, undefined, {
      picker: { kind: 'listing', offersSound: true, sources: fakeSources() },
    }),
  'share-portal': () =>
    inRoom(live(1), {}, {}, undefined, { picker: { kind: 'asking', picker: 'portal', offersSound: false } }),
  'share-denied': () =>
    inRoom(live(1), {}, {}, undefined, { picker: { kind: 'barred', permission: 'denied' } }),
  'room-busy': () =>
    inRoom(
      live(3),
      { camera: cameraOn },
      { warning: { kind: 'cpuHigh', cpuLoadPercent: 92, relief: 'largePictures' } },
    ),
  'room-focus': () => inRoom(live(3), { camera: cameraOn }, {}, focusPhase),
  'room-break': () =>
    inRoom(
      live(3),
      { camera: cameraOn },
      {},
      { phase: 'short_break', round: 2, rounds: 4, remainingSeconds: 187, isPaused: true, isOver: false },
    ),
  'room-chat': () => (
    <SessionServicesProvider value={fakeSession({})}>
      <RoomServicesProvider
        value={fakeRoom({ call: live(3), media: { camera: cameraOn }, chat: { unreadCount: 3 } })}
      >
        <RoomScreen target={target} />
      </RoomServicesProvider>
    </SessionServicesProvider>
  ),
  'room-gestures': () => {
    const self = { ...ada, connectionId: ada.userId, handRaisedAt: '2026-11-27T09:00:05.000000Z' }
    const call = live(0, { others: people.map(raiseHand), self })
    return inRoom(
      call,
      {},
      {},
      undefined,
      {},
      {
        shown: {
          [people[0]?.connectionId ?? '']: { reaction: 'thumbsUp', number: 1, untilMs: 0 },
          [ada.userId]: { reaction: 'celebrate', number: 2, untilMs: 0 },
        },
      },
    )
  },
  'room-settings': () => (
    <RoomServicesProvider value={fakeRoom({ call: live(3) })}>
      <RoomSettingsDialog
        room={{ ...room, privacy: 'private', hasPassword: true }}
        others={people.slice(0, 3)}
        onClose={nothing}
      />
    </RoomServicesProvider>
  ),
  'room-access': () => roomAccess('some'),
  'room-access-none': () => roomAccess('none'),
  'room-access-failed': () => roomAccess('failed'),
  'room-door': () => (
    <SessionServicesProvider value={fakeSession({})}>
      <RoomServicesProvider
        value={fakeRoom({
          call: live(2),
          door: {
            waiting: ['Mia Okafor', 'Ben'].map((displayName) => ({
              userId: displayName,
              displayName,
              askedAt: '',
            })),
          },
        })}
      >
        <RoomScreen target={target} />
      </RoomServicesProvider>
    </SessionServicesProvider>
  ),
  'prejoin-waiting': () => (
    <SessionServicesProvider value={fakeSession({})}>
      <RoomServicesProvider
        value={fakeRoom({
          media: { camera: cameraOn },
          connection: recommended,
          waiting: { kind: 'waiting', roomId: room.id, isOffline: false },
        })}
      >
        <PrejoinScreen target={target} />
      </RoomServicesProvider>
    </SessionServicesProvider>
  ),
  'room-for-you': () => forYou({}),
  'room-shut-out': () => forYou({ shutOut: { userId: 'mia', displayName: 'Mia Okafor' } }),
  people: () => (
    <RoomServicesProvider value={fakeRoom({ call: live(3) })}>
      <PeoplePanel
        room={{ ...room, creatorId: ada.userId }}
        self={{ ...ada, connectionId: ada.userId, handRaisedAt: '2026-11-27T09:00:02.000000Z' }}
        others={people.slice(0, 3).map(raiseHand)}
        onClose={nothing}
      />
    </RoomServicesProvider>
  ),
  report: () => (
    <RoomServicesProvider value={fakeRoom({ call: live(3) })}>
      <ReportDialog person={{ userId: 'mia', displayName: 'Mia Okafor' }} onClose={nothing} />
    </RoomServicesProvider>
  ),
  chat: () => (
    <SessionServicesProvider value={fakeSession({ avatar: 'leaf-moss' })}>
      <RoomServicesProvider
        value={fakeRoom({ call: live(3), chat: { entries: chatEntries, hasEarlier: true } })}
      >
        <ChatPanel selfId={ada.userId} mayRemoveAll isAllowed onClose={nothing} />
      </RoomServicesProvider>
    </SessionServicesProvider>
  ),
  'room-without-pictures': () => inRoom(live(3), {}, { receivesVideo: false }),
  'room-twenty': () => inRoom({ ...live(0), others: manyPeople(19) }),
  'room-timer-only': () => inRoom(live(3), { camera: cameraOn }, {}, focusPhase),
  'room-timer-only-none': () => inRoom(live(3), { camera: cameraOn }),
  'room-compact': () => inRoom(live(3), microphoneOpen, {}, focusPhase),
  'room-compact-recorded': () => recorded(recordingAt('recording', { [ada.userId]: 'given' })),
  'room-compact-door': () => (
    <SessionServicesProvider value={fakeSession({})}>
      <RoomServicesProvider
        value={fakeRoom({
          call: live(3, { self: { ...ada, connectionId: ada.userId, handRaisedAt: '2026-11-27T09:00:05Z' } }),
          recording: { state: recordingAt('recording', { [ada.userId]: 'given' }) },
          door: { waiting: [{ userId: 'b', displayName: 'Benedikt Sonnenschein-Okafor', askedAt: '' }] },
        })}
      >
        <RoomScreen target={target} />
      </RoomServicesProvider>
    </SessionServicesProvider>
  ),
  'room-compact-lost': () => inRoom(live(3, { signaling: 'reconnecting' })),
  'room-without-self': () => inRoom(live(3), { camera: cameraOn }),
  'room-speaker': () => inRoom(live(3), { camera: cameraOn }),
  'room-speaker-two': () => inRoom(live(1), { camera: cameraOn }),
  'room-speaker-twenty': () => inRoom({ ...live(0), others: manyPeople(19) }),
  'room-speaker-screen': () => inRoom({ ...live(0), others: people.slice(0, 3).map(shareScreen) }),
  'room-reconnecting': () => inRoom(live(2, { signaling: 'reconnecting' }), { camera: unavailable('busy') }),
  'room-muted-by-creator': () => inRoom(live(1, { isMutedByCreator: true })),
  'room-private': () => inRoom(live(3, { room: { ...room, privacy: 'private', hasPassword: true } })),
  'room-without-recording': () =>
    inRoom(live(1, { room: { ...room, settings: { ...room.settings, allowRecording: false } } })),
  'room-without-video': () =>
    inRoom(live(1, { room: { ...room, settings: { ...room.settings, allowVideo: false } } })),
  'room-without-media-server': () => inRoom(live(1, { mediaServer: 'unreachable' })),
  'ended-removed': () => ended('removed'),
  'ended-shut-out': () => ended('shutOut'),
  'ended-replaced': () => ended('replaced'),
  'ended-lost': () => ended('lost'),
  'ended-closed': () => ended('roomClosed'),
}

/** One screen with the app's services around it. */
export function GalleryScreen({ name }: { readonly name: string }) {
  const screen = screens[name]
  const chosen: SettingsPatch = name.startsWith('room-speaker')
    ? { roomView: 'speaker' }
    : name.startsWith('room-timer-only')
      ? { roomView: 'focus' }
      : { hidesSelf: name.endsWith('-without-self') }
  return screen ? (
    <AppServicesProvider value={fakeApp({ settings: chosen, isCompact: name.startsWith('room-compact') })}>
      {screen()}
    </AppServicesProvider>
  ) : null
}
