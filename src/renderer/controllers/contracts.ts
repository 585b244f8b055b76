import type { StoreApi } from 'zustand/vanilla'
import type { CallSnapshot } from '../core/call/callSnapshot.ts'
import type { Waiting } from '../core/admission/waiting.ts'
import type { ChatEntry } from '../core/chat/chatLog.ts'
import type { RoomChanges } from '../core/rooms/planRoomChanges.ts'
import type { ShownReaction } from '../core/gestures/reactionBoard.ts'
import type { TransferFailure } from '../core/ports/connectionTest.ts'
import type {
  BackgroundChoice,
  BackgroundState,
  NoiseSuppressionChoice,
  NoiseSuppressionState,
} from '../core/ports/effects.ts'
import type { LocalMediaSnapshot } from '../core/ports/localMedia.ts'
import type { PersonChoice } from '../../shared/people/personChoices.ts'
import type { ReportReason } from '../core/ports/moderation.ts'
import type { RoomsFailure } from '../core/ports/rooms.ts'
import type { RecordingFilesFailure } from '../../shared/ipc/recordings.ts'
import type { RecordingState } from '../core/recording/recordingState.ts'
import type { TimerLengths } from '../core/ports/roomTimer.ts'
import type { ConnectionReadings, ConnectionVerdict } from '../core/precall/judgeConnection.ts'
import type { RoomInvite } from '../../shared/api/invites.ts'
import type { RoomBan, RoomMember } from '../../shared/api/moderation.ts'
import type { Result } from '../../shared/result.ts'
import type { Admission } from '../../shared/domain/admission.ts'
import type { StudyStatistics } from '../../shared/api/study.ts'
import type { Reaction } from '../../shared/domain/reaction.ts'
import type { StudyOutcome, StudySession } from '../../shared/domain/study.ts'
import type { MachineFigures } from '../../shared/machine/machineFigures.ts'
import type { QualityChoice } from '../../shared/settings/settings.ts'
import type { ShownTile } from '../core/quality/qualityInput.ts'
import type { ScreenFailure, SharedSound } from '../core/ports/screenShare.ts'
import type { ScreenContent } from '../core/quality/screenEncoding.ts'
import type { ShareSource } from '../../shared/ipc/screenShare.ts'
import type { QualityWarning } from '../core/quality/qualityPlan.ts'
import type { TimerView } from '../core/timer/selectTimerView.ts'
import type { CallMeasurements } from '../core/statistics/measureCall.ts'

/** Read-only side of a zustand vanilla store, as features get it. */
export type ReadableStore<T> = Pick<StoreApi<T>, 'getState' | 'subscribe' | 'getInitialState'>

/**
 * Owns the camera and the microphone from the page before joining until the call ends, so that joining does not open them
 * again. Devices are released as soon as they are off; nothing turns on by itself.
 */
export interface LocalMediaController {
  readonly store: ReadableStore<LocalMediaSnapshot>
  /** Opens what the person wants to have on. Never rejects: a failure is a `CaptureState`. */
  start(options: { readonly camera: boolean; readonly microphone: boolean }): Promise<void>
  setCameraOn(on: boolean): Promise<void>
  /** Turning the microphone on for the first time opens it; afterwards muting only silences the track. */
  setMuted(muted: boolean): Promise<void>
  chooseCamera(deviceId: string | null): Promise<void>
  chooseMicrophone(deviceId: string | null): Promise<void>
  chooseSpeaker(deviceId: string | null): Promise<void>
  /** Plays a short sound where voices come out; resolves when it is over. Never rejects. */
  playTestSound(): Promise<void>
  /** Calls back about 15 times a second with the microphone's level, 0 to 1, while anybody listens; the answer stops it. */
  subscribeToLevel(listener: (level: number) => void): () => void
  /** Releases every device. */
  stop(): void
}

/** The test of the connection before a call. */
export type ConnectionTestState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly part: 'download' | 'upload' | 'relay' }
  | { readonly kind: 'done'; readonly verdict: ConnectionVerdict; readonly readings: ConnectionReadings }
  | { readonly kind: 'failed'; readonly failure: Exclude<TransferFailure, 'cancelled'> }

/** Finds out, in 6 s at most, what a call should begin with. Joining never waits for it. */
export interface ConnectionTestController {
  readonly store: ReadableStore<ConnectionTestState>
  /** A verdict of the last ten minutes is taken as it is, unless `anew`. Never rejects. */
  start(options: { readonly anew: boolean }): Promise<void>
  /** Gives up what is under way, as when somebody joins meanwhile: the call has the line for itself. */
  cancel(): void
}

/** What was chosen, and how it goes at the moment. Serialisable. */
export interface EffectsSnapshot {
  readonly background: { readonly choice: BackgroundChoice; readonly state: BackgroundState }
  readonly noiseSuppression: {
    readonly choice: NoiseSuppressionChoice
    readonly state: NoiseSuppressionState
  }
}

/** What is done to our own picture and voice before anybody gets them. */
export interface EffectsController {
  readonly store: ReadableStore<EffectsSnapshot>
  chooseBackground(choice: BackgroundChoice): void
  chooseNoiseSuppression(choice: NoiseSuppressionChoice): void
}

/** What is done about quality, as screens see it. Serialisable. */
export interface QualitySnapshot {
  readonly choice: QualityChoice
  /** Others' pictures are wanted, as far as they are on the screen. */
  readonly receivesVideo: boolean
  readonly warning: QualityWarning | null
}

/** Decides over and over what is sent and asked for, by the network, the machine, the screen and what the person chose. */
export interface QualityController {
  readonly store: ReadableStore<QualitySnapshot>
  /** Sound only turns the camera off; who turns it on again has chosen otherwise. */
  choose(choice: QualityChoice): void
  setReceivesVideo(receives: boolean): void
  /** What the screen shows of somebody, in device pixels; null: nothing of them. Until it is said, they are taken to be seen. */
  showTile(connectionId: string, tile: Omit<ShownTile, 'connectionId'> | null): void
  setWindowVisible(isVisible: boolean): void
  /** Shared screens have a place in the view of the moment. */
  setScreensShown(areShown: boolean): void
  /** Of the room's timer; null while none runs. */
  setFocusPhase(phase: 'focus' | 'break' | null): void
  /** Turns off what the warning names, and gives that 15 s to help before anything else is named. */
  relieve(): void
  /** The warning is not shown again before it has been all right in between. */
  dismissWarning(): void
}

/** Our own shared screen. `unlisted`: what was chosen is not there any more. `unanswered`: the app's own process is silent. */
export type ScreenShareState =
  | { readonly kind: 'off' }
  | { readonly kind: 'starting' }
  | {
      readonly kind: 'on'
      /** Of the screen or window; null where the system was asked. */
      readonly name: string | null
      readonly content: ScreenContent
      readonly sound: SharedSound
    }
  | {
      readonly kind: 'failed'
      readonly reason: Exclude<ScreenFailure, 'cancelled'> | 'unlisted' | 'unanswered'
    }

/**
 * Choosing what to share. `listing`: the pictures are being made, or come again in a moment. `asking`: the system will ask.
 * `barred`: the system does not let the app see the screen.
 */
export type SharePickerState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'opening' }
  | {
      readonly kind: 'listing'
      readonly offersSound: boolean
      readonly sources: readonly ShareSource[] | null
    }
  | { readonly kind: 'asking'; readonly picker: 'systemPicker' | 'portal'; readonly offersSound: boolean }
  | { readonly kind: 'barred'; readonly permission: 'denied' | 'restricted' }

/** Serialisable. */
export interface ScreenShareSnapshot {
  readonly share: ScreenShareState
  readonly picker: SharePickerState
}

/** What is to be shared, and how. */
export interface ScreenShareWish {
  /** From the list, or a kind of source for the system to ask for (`screen:0:0`, `window:0:0`). */
  readonly sourceId: ShareSource['id']
  readonly content: ScreenContent
  readonly withSound: boolean
}

/** Our own screen. Nothing of it is seen by anybody before the person has chosen it in the picker. */
export interface ScreenShareController {
  readonly store: ReadableStore<ScreenShareSnapshot>
  /** Shows what there is to share, with pictures that are made anew while it is open. */
  openPicker(): void
  closePicker(): void
  /** Closes the picker and shares. The outcome is in the store. Never rejects. */
  start(wish: ScreenShareWish): Promise<void>
  /** At once, also while it is starting. */
  stop(): void
  /** The page of the system's settings where the app may be allowed to see the screen. */
  openPermissions(): void
  /** Takes away what is said of a failure, or of a sound that was left out. */
  dismissFailure(): void
}

/** What opens a room that is not open to everybody. */
export interface RoomAccess {
  readonly password?: string | undefined
  /** The code of an invite, 22 characters of base64url. */
  readonly inviteCode?: string | undefined
}

/** The call. One at a time; what it does shows in `store`. */
export interface CallController {
  readonly store: ReadableStore<CallSnapshot>
  /** Joins with whatever local media is on at the moment. The outcome is `live` or `refused` in the store. */
  join(roomId: string, access: RoomAccess): Promise<void>
  /** Once more after a refusal, with what was shown the last time. */
  joinAgain(): Promise<void>
  setMuted(muted: boolean): Promise<void>
  /** Stays off where the room allows no video. */
  setCameraOn(on: boolean): Promise<void>
  /** Tries again, at once, whatever is broken: signaling, and the way to each person whose media does not come. */
  retry(): void
  leave(): Promise<void>
  /** Back to `idle` from `refused` or `ended`. */
  dismiss(): void
}

/** What is measured of the live call, every 2 s. */
export interface StatisticsController {
  readonly store: ReadableStore<CallMeasurements>
}

/** How this computer does during a call. Serialisable. */
export interface MachineSnapshot {
  /** Null while nothing is measured. */
  readonly latest: MachineFigures | null
  /** Of the last two minutes; the latest last. */
  readonly loads: readonly MachineFigures['cpu'][]
}

/** What is measured of this computer while a call is live, every 2 s. */
export interface MachineController {
  readonly store: ReadableStore<MachineSnapshot>
}

/** Who of the others speaks, not to be mistaken for who makes a noise. Null: nobody has yet. */
export interface SpeakerSnapshot {
  readonly connectionId: string | null
}

/** Tells who speaks. */
export interface SpeakerController {
  readonly store: ReadableStore<SpeakerSnapshot>
  /** Measures from now on; the answer ends it, when it was the last. */
  follow(): () => void
}

/** Whose picture: the camera's, or that of a screen that they share. */
export type MediaSource =
  | { readonly kind: 'local' }
  | { readonly kind: 'remote'; readonly connectionId: string; readonly picture: 'camera' | 'screen' }

/** Brings tracks to elements; the tracks themselves never leave the adapters. */
export interface MediaSink {
  /** Shows the source's video in the element from now on, also after the track changes; the answer ends it. */
  attachVideo(element: HTMLVideoElement, source: MediaSource): () => void
}

/** The room's timer, as screens see it. Serialisable. */
export interface TimerSnapshot {
  /** Null where there is none. */
  readonly view: TimerView | null
  /** False until the room has said whether it has a timer. */
  readonly isKnown: boolean
  /** A change of ours is under way. */
  readonly isBusy: boolean
  /** Why our last change was refused. */
  readonly failure: RoomsFailure | null
}

/** Counts down with the room's timer, and changes it for everybody in the room. */
export interface TimerController {
  readonly store: ReadableStore<TimerSnapshot>
  start(lengths: TimerLengths): Promise<void>
  pause(): Promise<void>
  resume(): Promise<void>
  stop(): Promise<void>
  /** On to the next phase. */
  skip(): Promise<void>
}

/** What is written in the room, as screens see it. Serialisable. */
export interface ChatSnapshot {
  /** Oldest first; ours that are under way last. */
  readonly entries: readonly ChatEntry[]
  /** Of others, since the panel was last open. */
  readonly unreadCount: number
  /** Earlier ones can be read. */
  readonly hasEarlier: boolean
  readonly isReading: boolean
  /** Why the last thing that was asked for did not work. */
  readonly failure: RoomsFailure | null
}

/** What people in the room write to each other. */
export interface ChatController {
  readonly store: ReadableStore<ChatSnapshot>
  /** While the panel is open, everything counts as read. */
  setOpen(isOpen: boolean): void
  send(body: string): Promise<void>
  /** One of ours that failed, under the same key, so that it never stands there twice. */
  sendAgain(clientMessageId: string): Promise<void>
  discard(clientMessageId: string): void
  remove(messageId: string): Promise<void>
  readEarlier(): Promise<void>
}

/** Somebody in the room, as far as one does something about them. */
export interface PersonInRoom {
  readonly userId: string
  readonly displayName: string
}

/** What one does about people in the room, as screens see it. Serialisable. */
export interface PeopleSnapshot {
  readonly isBusy: boolean
  /** Why the last thing was refused. */
  readonly failure: RoomsFailure | null
  /** The last thing that was done, to be said. */
  readonly done: {
    readonly kind: 'muted' | 'removed' | 'banned' | 'transferred' | 'blocked' | 'unblocked' | 'reported'
    readonly name: string
  } | null
  /** Whom we have blocked, here or anywhere: they are neither seen nor heard, and what they write is not shown. */
  readonly blockedIds: readonly string[]
}

/** Keeps the room, and oneself, undisturbed. Muting, removing, banning, handing over and locking is for who opened the room. */
export interface PeopleController {
  readonly store: ReadableStore<PeopleSnapshot>
  mute(person: PersonInRoom): Promise<void>
  remove(person: PersonInRoom): Promise<void>
  ban(person: PersonInRoom): Promise<void>
  transfer(person: PersonInRoom): Promise<void>
  setLocked(isLocked: boolean): Promise<void>
  block(person: PersonInRoom): Promise<void>
  unblock(person: PersonInRoom): Promise<void>
  /** Whether it was taken. */
  report(
    person: PersonInRoom,
    report: { readonly reason: ReportReason; readonly details: string },
  ): Promise<boolean>
}

/** Changing the room that one has opened. Serialisable. */
export interface RoomSettingsSnapshot {
  readonly isBusy: boolean
  readonly failure: RoomsFailure | null
}

/** The room's settings, for who opened it. Each answers whether it was taken. */
export interface RoomSettingsController {
  readonly store: ReadableStore<RoomSettingsSnapshot>
  save(changes: RoomChanges): Promise<boolean>
  /** For everybody in it, for good. */
  close(): Promise<boolean>
  forgetFailure(): void
}

/** Our own waiting at a room's door. Serialisable. */
export interface AdmissionSnapshot {
  readonly waiting: Waiting
}

/** Waits to be let in where joining was refused for that, and joins then by itself. */
export interface AdmissionController {
  readonly store: ReadableStore<AdmissionSnapshot>
  /** Waits no more; back to the form. */
  readonly cancel: () => void
}

/** Who asks to come into the room that we are in. Serialisable. */
export interface DoorSnapshot {
  /** First come first. */
  readonly waiting: readonly Admission[]
  readonly isBusy: boolean
  readonly failure: RoomsFailure | null
}

/** The door of a room with a waiting room, for those inside. */
export interface DoorController {
  readonly store: ReadableStore<DoorSnapshot>
  decide(userId: string, isAdmitted: boolean): Promise<void>
}

/** Reactions and our own hand, as screens see them; others' hands come with the call. Serialisable. */
export interface GesturesSnapshot {
  /** By connection, ourselves included. */
  readonly shown: Readonly<Record<string, ShownReaction>>
  /** What those who listen are to be told; never during a focus phase. */
  readonly news: { readonly reaction: Reaction; readonly names: readonly string[] } | null
  /** What our hand is to be while the room does not know it yet. */
  readonly handWish: boolean | null
  /** Why a hand is not as it was wanted. */
  readonly failure: RoomsFailure | null
  /** Rises when the menu is asked for by key. */
  readonly menuRequests: number
}

/** Signs without a word: a reaction for some seconds, a hand until it is lowered. */
export interface GesturesController {
  readonly store: ReadableStore<GesturesSnapshot>
  /** More than a few within seconds are not sent. */
  react(reaction: Reaction): void
  toggleHand(): Promise<void>
  /** Somebody else's; for who opened the room. */
  lowerHand(userId: string): Promise<void>
  openMenu(): void
  readonly dismissFailure: () => void
}

/** What one has chosen about people for oneself alone, as screens see it. Serialisable. */
export interface PersonChoicesSnapshot {
  /** By user; nothing is said of those who are as ever. */
  readonly choices: Readonly<Record<string, PersonChoice>>
  /** Nobody is heard at all. */
  readonly isDeafened: boolean
  /** Who has just been shut out by a key, so that more can be done about them. */
  readonly shutOut: PersonInRoom | null
}

/** Whom one sees and hears in a call, and how loud. Nobody is told of any of it. */
export interface PersonChoicesController {
  readonly store: ReadableStore<PersonChoicesSnapshot>
  /** `change.volumePercent`: 0 to 100. It is remembered for the calls to come. */
  choose(userId: string, change: Partial<PersonChoice>): void
  /** Hides and silences somebody at once; who is both already is seen and heard again. */
  shutOut(person: PersonInRoom): void
  /** Nothing more is asked about who was shut out. */
  dismissShutOut(): void
  /** To hear nobody closes the microphone as well. To open the microphone is to hear again. */
  setDeafened(isDeafened: boolean): void
}

/** Why a recording is not written (on). `tooSlow`: the disk; `recorder`: picture and sound could not be made. */
export type RecordingFileFailure = RecordingFilesFailure | 'tooSlow' | 'recorder'

/** The file that this app writes, where it was we who asked. `name`: of what is there of it. */
export type RecordingFileState =
  | { readonly kind: 'none' }
  /** Paused: somebody has not answered yet, or could not be heard. */
  | { readonly kind: 'writing'; readonly name: string; readonly isPaused: boolean }
  | { readonly kind: 'saved'; readonly name: string }
  | { readonly kind: 'failed'; readonly reason: RecordingFileFailure; readonly name: string | null }

/** A recording of the room, as screens see it. Serialisable. */
export interface RecordingSnapshot {
  readonly state: RecordingState
  readonly file: RecordingFileState
  /** Something that we said is under way. */
  readonly isBusy: boolean
  /** We have taken our yes back: nothing of ours is sent before it has ended. */
  readonly isWithdrawing: boolean
  /** The person has read that it has ended. */
  readonly isEndDismissed: boolean
  /** Why the last thing that we said did not get through. */
  readonly failure: RoomsFailure | null
}

/** Recording by consent of everybody in the room. */
export interface RecordingController {
  readonly store: ReadableStore<RecordingSnapshot>
  /** Asks everybody; the recording begins with the last yes. */
  request(): Promise<void>
  answer(isGiven: boolean): Promise<void>
  /** Takes our yes back. Holds at once, and is said until it is heard. */
  withdraw(): Promise<void>
  /** Ends it for everybody; by who asked, or the room's creator. */
  stop(): Promise<void>
  /** Takes away what is said of one that has ended. */
  dismiss(): void
}

/** A person's own studying, as screens see it. Serialisable. */
export interface StudySnapshot {
  /** The one that is open, or has just been left and not been asked about. */
  readonly session: StudySession | null
  /** What could not be saved as a goal, and why; null once another has been, or the session is over. */
  readonly unsavedGoal: { readonly goal: string; readonly failure: RoomsFailure } | null
  /** Of the last year; null until they are read. */
  readonly statistics: StudyStatistics | null
  readonly isBusy: boolean
  readonly failure: RoomsFailure | null
}

/** Goals, check-ins and statistics, for the person alone. */
export interface StudyController {
  readonly store: ReadableStore<StudySnapshot>
  readSession(): Promise<void>
  readStatistics(): Promise<void>
  /** An empty goal takes it away. Whether it was taken. */
  setGoal(goal: string, sharesGoal: boolean): Promise<boolean>
  checkIn(outcome: StudyOutcome): Promise<void>
  /** Without an answer: nothing more is asked. */
  dismissSession(): void
}

/** Who may come into the room that one has opened. What was ended by somebody else at the same moment counts as ended. */
export interface RoomAccessController {
  invites(roomId: string): Promise<Result<readonly RoomInvite[], RoomsFailure>>
  members(roomId: string): Promise<Result<readonly RoomMember[], RoomsFailure>>
  bans(roomId: string): Promise<Result<readonly RoomBan[], RoomsFailure>>
  /** A link by which others come in. */
  invite(roomId: string): Promise<Result<{ readonly link: string }, RoomsFailure>>
  revokeInvite(roomId: string, inviteId: string): Promise<Result<void, RoomsFailure>>
  revokeInvites(roomId: string): Promise<Result<void, RoomsFailure>>
  /** `revokesInvites`: first of all invitations, too. `wasNone`: they were no member any more. */
  removeMember(
    roomId: string,
    userId: string,
    options: { readonly revokesInvites: boolean },
  ): Promise<Result<'removed' | 'wasNone', RoomsFailure>>
  unban(roomId: string, userId: string): Promise<Result<void, RoomsFailure>>
}

/** What others see of oneself besides the name. Serialisable. */
export interface ProfileSnapshot {
  /** The name of one's own picture; null: initials. */
  readonly avatar: string | null
  /** Why the last choice was refused. */
  readonly failure: RoomsFailure | null
}

export interface ProfileController {
  readonly store: ReadableStore<ProfileSnapshot>
  setAvatar(avatar: string | null): Promise<void>
}
