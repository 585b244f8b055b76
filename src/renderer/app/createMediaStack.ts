import { createEncodingBoard } from '../adapters/media/createEncodingBoard.ts'
import { createConnectionBoard } from '../adapters/media/createConnectionBoard.ts'
import { createCapturePort } from '../adapters/media/createCapturePort.ts'
import { createSubscriptionBoard } from '../adapters/media/createSubscriptionBoard.ts'
import { createScreenCapture } from '../adapters/media/createScreenCapture.ts'
import { createSfuPort } from '../adapters/livekit/createSfuPort.ts'
import { createMediaRoutes } from '../adapters/media/createMediaRoutes.ts'
import { createMediaSink } from '../adapters/media/createMediaSink.ts'
import { createMeshTracks } from '../adapters/media/createMeshTracks.ts'
import { createTrackGate } from '../adapters/media/createTrackGate.ts'
import { createRecorder } from '../adapters/recorder/createRecorder.ts'
import { createRecordingController } from '../controllers/recording/createRecordingController.ts'
import { initialsOf } from '../ui/initialsOf.ts'
import { createSpeechMeter } from '../adapters/media/createSpeechMeter.ts'
import { createPerceptionBoard } from '../adapters/media/createPerceptionBoard.ts'
import { createPlayback } from '../adapters/media/createPlayback.ts'
import type { TrackStage } from '../adapters/media/trackStage.ts'
import { createTrackBoard } from '../adapters/media/tracks.ts'
import { createSimplePeerPort } from '../adapters/simplePeer/createPeerPort.ts'
import { createCallController, type Stay } from '../controllers/call/createCallController.ts'
import type {
  AdmissionController,
  CallController,
  DoorController,
  GesturesController,
  LocalMediaController,
  MachineController,
  MediaSink,
  QualityController,
  RoomSettingsController,
  SpeakerController,
  ScreenShareController,
  StatisticsController,
  TimerController,
  ChatController,
  PeopleController,
  PersonChoicesController,
  RecordingController,
  RecordingFileState,
} from '../controllers/contracts.ts'
import { createScreenShare } from '../controllers/screenShare/createScreenShare.ts'
import { createLocalMedia, type DeviceOrder } from '../controllers/localMedia/createLocalMedia.ts'
import { createMachineController } from '../controllers/machine/createMachineController.ts'
import {
  createQualityController,
  type OwnedQualityController,
  type QualityDependencies,
  type QualityPreferences,
} from '../controllers/quality/createQualityController.ts'
import { createSpeakerController } from '../controllers/speaker/createSpeakerController.ts'
import { createReadingLoop } from '../controllers/statistics/createReadingLoop.ts'
import { createSampleSender } from '../controllers/statistics/createSampleSender.ts'
import { createRoomSettingsController } from '../controllers/roomSettings/createRoomSettingsController.ts'
import { createAdmissionController } from '../controllers/admission/createAdmissionController.ts'
import { createDoorController } from '../controllers/admission/createDoorController.ts'
import { createGesturesController } from '../controllers/gestures/createGesturesController.ts'
import { createPeopleController } from '../controllers/people/createPeopleController.ts'
import { createPersonChoices } from '../controllers/people/createPersonChoices.ts'
import { createChatController } from '../controllers/chat/createChatController.ts'
import {
  createTimerController,
  type TimerPreferenceSource,
} from '../controllers/timer/createTimerController.ts'
import { createStatisticsController } from '../controllers/statistics/createStatisticsController.ts'
import type { Account } from '../core/ports/auth.ts'
import type { CaptureKind } from '../core/ports/capture.ts'
import type { Clock } from '../core/ports/clock.ts'
import type { LocalMediaSnapshot } from '../core/ports/localMedia.ts'
import type { Logger } from '../core/ports/logger.ts'
import type { MachinePort } from '../core/ports/machine.ts'
import type { QualitySamplesPort } from '../core/ports/qualitySamples.ts'
import type { RoomSettingsPort } from '../core/ports/roomSettings.ts'
import type { AdmissionPort } from '../core/ports/admission.ts'
import type { GesturesPort } from '../core/ports/gestures.ts'
import { selectStudyPhase } from '../core/timer/planPhase.ts'
import type { ModerationPort } from '../core/ports/moderation.ts'
import type { PersonChoicesPort } from '../core/ports/personChoices.ts'
import type { ChatPort } from '../core/ports/chat.ts'
import type { StudyPhase } from '../core/timer/planPhase.ts'
import type { RecordingPort } from '../core/ports/recording.ts'
import type { RecordingFilesPort } from '../core/ports/recordingFiles.ts'
import type { RoomTimerPort } from '../core/ports/roomTimer.ts'
import type { RoomChannelPort } from '../core/ports/roomChannel.ts'
import type { ScreenSourcesPort } from '../core/ports/screenShare.ts'
import type { DeviceClass } from '../core/quality/qualityInput.ts'
import type { CaptureProfile } from '../core/quality/qualityPlan.ts'
import type { RoomsPort } from '../core/ports/rooms.ts'

/** Everything about media and the call, wired. */
export interface MediaStack {
  readonly call: CallController
  readonly localMedia: LocalMediaController
  readonly screenShare: ScreenShareController
  readonly sink: MediaSink
  readonly statistics: StatisticsController
  readonly machine: MachineController
  readonly quality: QualityController & Pick<OwnedQualityController, 'setStart'>
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
  /** The stay to end by a `keepalive` request on `pagehide`; null outside a call. */
  activeStay(): Stay | null
  /** Ends peers, channel, timers and devices. Tells the backend nothing. */
  dispose(): void
}

/** Wires the media side to the backend's ports. Nothing is opened before somebody asks. */
export function createMediaStack(deps: {
  readonly rooms: RoomsPort
  readonly channel: RoomChannelPort
  readonly timer: RoomTimerPort
  readonly recording: RecordingPort
  readonly recordingFiles: RecordingFilesPort
  /** How the file of a recording does; its end may be written after the call. */
  readonly onRecordingFile: (file: RecordingFileState) => void
  readonly chat: ChatPort
  readonly moderation: ModerationPort
  readonly gestures: GesturesPort
  readonly admission: AdmissionPort
  readonly roomSettings: RoomSettingsPort
  /** What was chosen about people in earlier calls. */
  readonly personChoices: PersonChoicesPort
  readonly samples: QualitySamplesPort
  /** What there is to share. */
  readonly screens: ScreenSourcesPort
  readonly account: () => Account | null
  readonly clock: Clock
  readonly logger: Logger
  /** Devices that the person chose in earlier sessions. */
  readonly chosen: LocalMediaSnapshot['chosen']
  readonly deviceOrder: () => DeviceOrder
  readonly preferences: QualityPreferences
  readonly timerPreferences: TimerPreferenceSource
  /** What is done to our picture, which gives way when the machine is busy; null: nothing. */
  readonly background: QualityDependencies['background']
  readonly deviceClass: DeviceClass
  /** Null: nobody measures the computer. */
  readonly machine: MachinePort | null
  /** What the camera gives whatever the plan says; as the plan says unless told. */
  readonly captureProfile?: CaptureProfile
  /** What our own tracks go through before anybody gets them. */
  readonly stages?: Readonly<Record<CaptureKind, TrackStage>>
}): MediaStack {
  const board = createTrackBoard()
  // SECURITY: whatever sends gets our tracks from here, and nothing of ours before the room has said that it may.
  const gate = createTrackGate(board)
  const connections = createConnectionBoard()
  const encodings = createEncodingBoard()
  const subscriptions = createSubscriptionBoard()
  const perceived = createPerceptionBoard()
  const playback = createPlayback(board, perceived)
  const speech = createSpeechMeter(board)
  const profile = deps.captureProfile === undefined ? {} : { profile: deps.captureProfile }
  const stages = deps.stages === undefined ? {} : { stages: deps.stages }
  const capture = createCapturePort({ board, ...profile, ...stages })
  const routes = createMediaRoutes(board)
  const peers = createSimplePeerPort({
    ...createMeshTracks(gate.board),
    encodings,
    statistics: connections,
    logger: deps.logger,
  })
  const sfu = createSfuPort({
    tracks: gate.board,
    encodings,
    sink: board,
    subscriptions,
    sounds: {
      // Who comes over is waited for by their sound: it is left out once they are there.
      isWanted: (id) => perceived.volumeOf(id) > 0 || board.shownPath(id) !== 'sfu',
      subscribe(listener) {
        const ends = [perceived.subscribe(listener), board.subscribeToShown(listener)]
        return () => {
          for (const end of ends) end()
        }
      },
    },
    audience: perceived,
    speech: { setLevels: (levels) => speech.setServerLevels(levels) },
    demand: { set: (layer) => quality.handleDemand(layer) },
    statistics: connections,
    logger: deps.logger,
  })
  const localMedia = createLocalMedia({
    capture,
    playback,
    clock: deps.clock,
    chosen: deps.chosen,
    order: deps.deviceOrder,
    onStart: () => peers.warmUp(),
  })
  const screenShare = createScreenShare({
    capture: createScreenCapture(board),
    sources: deps.screens,
    clock: deps.clock,
  })
  const call = createCallController({
    rooms: {
      ...deps.rooms,
      async join(roomId, request) {
        const answer = await deps.rooms.join(roomId, request)
        if (answer.ok) recording.handleJoined(roomId, answer.value.recording)
        return answer
      },
      // Only somebody inside may tell how the call did.
      async leave(roomId, connectionId) {
        await samples.restSent()
        return deps.rooms.leave(roomId, connectionId)
      },
    },
    channel: deps.channel,
    peers,
    sfu,
    routes,
    localMedia,
    screenShare,
    gate,
    clock: deps.clock,
    random: () => Math.random(),
    newId: () => crypto.randomUUID(),
    account: deps.account,
    logger: deps.logger,
  })
  const listen = createReadingLoop({ statistics: connections, clock: deps.clock })
  const quality = createQualityController({
    call,
    localMedia,
    screenShare,
    listen,
    encodings,
    subscriptions,
    capture: deps.captureProfile === undefined ? capture : null,
    preferences: deps.preferences,
    background: deps.background,
    machine: deps.machine,
    deviceClass: deps.deviceClass,
    clock: deps.clock,
  })
  const people = createPeopleController({ port: deps.moderation, call })
  const personChoices = createPersonChoices({
    port: deps.personChoices,
    call,
    people: people.store,
    localMedia,
    perceive(perceptions) {
      perceived.set(perceptions)
      quality.setPerceptions(perceptions)
    },
  })
  const chat = createChatController({
    port: deps.chat,
    call,
    people: people.store,
    newId: () => crypto.randomUUID(),
  })
  /** Null also where the person wants their picture as it is. */
  let calmPhase: StudyPhase = null
  const recorder = createRecorder({
    tracks: board,
    isWeak: deps.deviceClass === 'weak',
    initialsOf,
    logger: deps.logger,
  })
  const recording = createRecordingController({
    port: deps.recording,
    call,
    localMedia,
    screenShare,
    gate,
    recorder,
    files: deps.recordingFiles,
    selfId: () => deps.account()?.userId ?? null,
    onFile(file) {
      quality.setRecorded(file.kind === 'writing' ? recorder.size : null)
      deps.onRecordingFile(file)
    },
    clock: deps.clock,
  })
  const timer = createTimerController({
    port: deps.timer,
    call,
    localMedia,
    preferences: deps.timerPreferences,
    onPhase(phase) {
      calmPhase = phase
      quality.setFocusPhase(phase)
    },
    mayOpenMicrophone: () => !personChoices.store.getState().isDeafened,
    playSound: (phase) => void playback.playSound(phase),
    clock: deps.clock,
  })
  const gestures = createGesturesController({
    port: deps.gestures,
    call,
    people: people.store,
    isQuiet: () => selectStudyPhase(timer.store.getState().view) === 'focus',
    clock: deps.clock,
  })
  const admission = createAdmissionController({ port: deps.admission, call, clock: deps.clock })
  const roomSettings = createRoomSettingsController({ port: deps.roomSettings, call })
  const door = createDoorController({ port: deps.admission, call, people: people.store })
  const speaker = createSpeakerController({
    call: call.store,
    speech,
    isFollowed: (userId) => personChoices.isAttended(userId),
    clock: deps.clock,
  })
  const machine = createMachineController({ call: call.store, port: deps.machine })
  const statistics = createStatisticsController({
    call: call.store,
    listen,
    isExpected: (connectionId) => quality.isExpected(connectionId),
    circumstances: () => ({
      isFocus: calmPhase === 'focus',
      ownLoadPercent: machine.store.getState().latest?.cpu.ownPercent ?? null,
    }),
  })
  const samples = createSampleSender({
    call: call.store,
    listen,
    statistics: connections,
    samples: deps.samples,
    clock: deps.clock,
    random: () => Math.random(),
  })

  return {
    call,
    localMedia,
    screenShare,
    sink: createMediaSink(board),
    statistics,
    machine,
    quality,
    timer,
    chat,
    people,
    gestures,
    admission,
    door,
    roomSettings,
    personChoices,
    speaker,
    recording,
    activeStay: () => call.activeStay(),
    dispose() {
      samples.dispose()
      admission.dispose()
      door.dispose()
      gestures.dispose()
      recording.dispose()
      timer.dispose()
      chat.dispose()
      personChoices.dispose()
      people.dispose()
      statistics.dispose()
      machine.dispose()
      quality.dispose()
      call.dispose()
      screenShare.dispose()
      localMedia.dispose()
      speech.dispose()
      routes.dispose()
      playback.dispose()
    },
  }
}
