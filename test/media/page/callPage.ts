import { createMediaStack } from '../../../src/renderer/app/createMediaStack.ts'
import type { QualityPreferences } from '../../../src/renderer/controllers/quality/createQualityController.ts'
import type { ScreenShareState } from '../../../src/renderer/controllers/contracts.ts'
import type { CallSnapshot, PersonSnapshot } from '../../../src/renderer/core/call/callSnapshot.ts'
import type { RoomTimerPort } from '../../../src/renderer/core/ports/roomTimer.ts'
import type { PersonChoices, PersonChoicesPort } from '../../../src/renderer/core/ports/personChoices.ts'
import type { PersonChoice } from '../../../src/shared/people/personChoices.ts'
import { ok } from '../../../src/shared/result.ts'
import type { LocalMediaSnapshot } from '../../../src/renderer/core/ports/localMedia.ts'
import { type BackendAddress, createBackendPorts } from './backendPorts.ts'
import type { CaptureProfile } from '../../../src/renderer/core/quality/qualityPlan.ts'
import { selectStudyPhase, type StudyPhase } from '../../../src/renderer/core/timer/planPhase.ts'
import { defaultSettings, type QualityChoice } from '../../../src/shared/settings/settings.ts'
import { createRecordingFiles, noRecordings, type PlayedRecording } from './recordings.ts'
import type { RecordingSnapshot } from '../../../src/renderer/controllers/contracts.ts'
import { createHubPorts } from './hubPorts.ts'
import { allScreens, captureThisPage, type ShareOptions } from './screens.ts'
import { isToneEnabled, useToneAsMicrophone } from './toneMicrophone.ts'
import { type FrameGaps, watchFrames } from './watchFrames.ts'
import { type HeardVoice, watchVoices } from './watchVoices.ts'

/** What a test drives a page by. */
export interface CallPage {
  /** Opens the devices that are wanted, as the page before joining does. */
  prepare(wanted: { camera: boolean; microphone: boolean }): Promise<LocalMediaSnapshot>
  /** Opens a room in the backend; the answer is its id. */
  createRoom(): Promise<string>
  /** Without a room: the hub's only one. */
  join(roomId?: string): Promise<void>
  leave(): Promise<void>
  setMuted(muted: boolean): Promise<void>
  setCameraOn(on: boolean): Promise<void>
  chooseCamera(deviceId: string): Promise<void>
  chooseQuality(choice: QualityChoice): void
  /** Shares this page, as somebody who has chosen it in the picker. */
  shareScreen(options: ShareOptions): Promise<ScreenShareState>
  stopSharing(): void
  sharing(): ScreenShareState
  /** Frames of everybody else's shared screen so far, and the size of the latest, by display name. */
  screens(): Record<string, SeenScreen>
  /** As a screen that shows somebody so large, in device pixels, or not at all. Until then everybody is taken to be seen. */
  showTile(name: string, size: { width: number; height: number } | null): void
  /** What is chosen about somebody for oneself alone. */
  chooseAbout(name: string, change: Partial<PersonChoice>): void
  setBlocked(name: string, isBlocked: boolean): Promise<void>
  /** From now on `speaker` is known. */
  followSpeaker(): void
  /** Who of the others speaks, by display name. */
  speaker(): string | null
  call(): CallSnapshot
  media(): LocalMediaSnapshot
  /** From calling `join` to the first real frame of somebody else; null before it. */
  firstFrameMs(): number | null
  /** Milliseconds from calling `join` to its stages. */
  stages(): Record<string, number>
  /** Frames shown of everybody else so far, by display name. */
  frames(): Record<string, number>
  /** The times without a new picture of each person since the last call, by display name. */
  takeGaps(): Record<string, FrameGaps>
  /** What was heard of each person since the last call, by display name; of nobody where nothing listens. */
  takeHeard(): Promise<Record<string, HeardVoice>>
  /** Shows somebody again, and resolves with the milliseconds until their next frame. */
  measureReturn(name: string, size: { width: number; height: number }): Promise<number>
  /** Height of the latest frame of everybody else, by display name. */
  frameHeights(): Record<string, number>
  recording(): RecordingSnapshot
  requestRecording(): Promise<void>
  answerRecording(isGiven: boolean): Promise<void>
  withdrawRecording(): Promise<void>
  stopRecording(): Promise<void>
  /** Bytes written to the file so far, and when the last of them came; of the latest recording. */
  recordedFile(): { readonly bytes: number; readonly writtenAtMs: number }
  /** When the latest recording had ended here: from then on nothing of anybody goes into it. Null before. */
  recordingEndedAtMs(): number | null
  /** Plays what was written from its beginning. */
  playRecording(): Promise<PlayedRecording>
  /** Whether the tone that is our microphone may be heard by anybody. */
  isToneEnabled(): boolean
  /** Starts the room's timer with a focus phase; the answer is whether the timer said so. Only with a backend. */
  startFocus(): Promise<boolean>
  stopTimer(): Promise<void>
  /** The phase that we are told of. */
  phase(): StudyPhase
  /** Bytes and packets of all connections so far, summed. */
  traffic(): Promise<Traffic>
}

export interface SeenScreen {
  readonly frames: number
  readonly width: number
  readonly height: number
}

export interface Traffic {
  /** Of everything, as it went over the network, without the packets' own headers. */
  readonly bytesSent: number
  readonly bytesReceived: number
  readonly audioPacketsReceived: number
  readonly audioPacketsSent: number
  readonly videoBytesReceived: number
  readonly videoBytesSent: number
  readonly videoFramesDecoded: number
  readonly videoFramesEncoded: number
  readonly openConnections: number
}

export interface CallPageOptions {
  readonly userId: string
  readonly displayName: string
  readonly profile?: CaptureProfile
  /** A real backend in place of the hub. */
  readonly backend?: BackendAddress
  /** The microphone gives this tone. */
  readonly toneHz?: number
  /** Measures what is heard of everybody. */
  readonly listens?: boolean
  /** The room's timer does what it does by default, without its sounds. */
  readonly followsTimer?: boolean
}

declare global {
  interface Window {
    callPage: CallPage
    startCallPage(options: CallPageOptions): Promise<void>
  }
}

const connections: RTCPeerConnection[] = []
const stages: Record<string, number> = {}
let joinedAtMs = 0

function mark(stage: string): void {
  stages[stage] ??= performance.now() - joinedAtMs
}

const NativeConnection = RTCPeerConnection
window.RTCPeerConnection = class extends NativeConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration)
    connections.push(this)
    mark('peer')
    this.addEventListener('signalingstatechange', () => mark(this.signalingState))
    this.addEventListener('iceconnectionstatechange', () => mark(`ice ${this.iceConnectionState}`))
    this.addEventListener('connectionstatechange', () => mark(this.connectionState))
  }
}

async function readTraffic(): Promise<Traffic> {
  const open = connections.filter((connection) => connection.connectionState !== 'closed')
  const sum = {
    bytesSent: 0,
    bytesReceived: 0,
    audioPacketsReceived: 0,
    audioPacketsSent: 0,
    videoBytesReceived: 0,
    videoBytesSent: 0,
    videoFramesDecoded: 0,
    videoFramesEncoded: 0,
  }
  for (const connection of open) {
    const report = await connection.getStats()
    report.forEach((entry: Record<string, unknown>) => {
      if (entry.type === 'transport') {
        sum.bytesSent += Number(entry.bytesSent)
        sum.bytesReceived += Number(entry.bytesReceived)
      }
      if (entry.type === 'inbound-rtp' && entry.kind === 'audio') {
        sum.audioPacketsReceived += Number(entry.packetsReceived)
      }
      if (entry.type === 'inbound-rtp' && entry.kind === 'video') {
        sum.videoBytesReceived += Number(entry.bytesReceived)
        sum.videoFramesDecoded += Number(entry.framesDecoded ?? 0)
      }
      if (entry.type === 'outbound-rtp' && entry.kind === 'audio') {
        sum.audioPacketsSent += Number(entry.packetsSent)
      }
      if (entry.type === 'outbound-rtp' && entry.kind === 'video') {
        sum.videoBytesSent += Number(entry.bytesSent)
        sum.videoFramesEncoded += Number(entry.framesEncoded ?? 0)
      }
    })
  }
  return { ...sum, openConnections: open.length }
}

const nobodyModerates = () => Promise.resolve(ok(undefined))
const noAnswer = () => Promise.resolve(ok(null))
/** A room without one. */
const noTimer: RoomTimerPort = {
  read: noAnswer,
  start: noAnswer,
  pause: noAnswer,
  resume: noAnswer,
  stop: noAnswer,
  skip: noAnswer,
}

const deafToTimer = { closesMicrophone: false, opensMicrophone: false, calmsVideo: false }

/** Until the page ends. */
function createForgetfulChoices(): PersonChoicesPort {
  let known: PersonChoices = new Map()
  return {
    read: () => known,
    write(choices) {
      known = choices
    },
  }
}

function createPreferences(): QualityPreferences {
  const listeners = new Set<() => void>()
  let current: ReturnType<QualityPreferences['current']> = { videoQuality: 'auto', receiveVideo: true }
  return {
    current: () => current,
    update(patch) {
      current = {
        videoQuality: patch.videoQuality ?? current.videoQuality,
        receiveVideo: patch.receiveVideo ?? current.receiveVideo,
      }
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

window.startCallPage = async ({ userId, displayName, profile, backend, toneHz, listens, followsTimer }) => {
  if (toneHz !== undefined) useToneAsMicrophone(toneHz)
  const connected =
    backend === undefined
      ? {
          account: { userId, displayName },
          recording: noRecordings,
          timer: noTimer,
          ...createHubPorts({ userId, displayName }),
        }
      : await createBackendPorts(backend, displayName)
  const { account, rooms, channel, recording, timer } = connected
  const files = createRecordingFiles()
  const stack = createMediaStack({
    rooms,
    channel,
    timer,
    recording,
    recordingFiles: files.port,
    onRecordingFile: () => undefined,
    moderation: {
      mute: nobodyModerates,
      remove: nobodyModerates,
      ban: nobodyModerates,
      transfer: nobodyModerates,
      setLocked: nobodyModerates,
      block: nobodyModerates,
      unblock: nobodyModerates,
      blockedIds: () => Promise.resolve(ok([])),
      report: nobodyModerates,
    },
    roomSettings: { update: nobodyModerates, setLocked: nobodyModerates, close: nobodyModerates },
    admission: {
      await: () => Promise.resolve(ok('none')),
      cancel: nobodyModerates,
      list: () => Promise.resolve(ok([])),
      decide: nobodyModerates,
    },
    gestures: { setHand: nobodyModerates, lowerHand: nobodyModerates },
    personChoices: createForgetfulChoices(),
    chat: {
      list: () => Promise.resolve(ok([])),
      send: () => Promise.reject(new Error('nobody writes')),
      remove: () => Promise.resolve(ok(undefined)),
    },
    timerPreferences: {
      current: () => ({
        ...(followsTimer === true ? defaultSettings.timer : deafToTimer),
        playsSounds: false,
      }),
      subscribe: () => () => undefined,
    },
    screens: allScreens,
    samples: { send: () => Promise.resolve(false) },
    account: () => account,
    clock: {
      now: () => Date.now(),
      schedule(delayMs, action) {
        const timer = setTimeout(action, delayMs)
        return () => clearTimeout(timer)
      },
    },
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (message, fields) => console.warn(message, JSON.stringify(fields)),
    },
    chosen: { cameraId: null, microphoneId: null, speakerId: null },
    deviceOrder: () => ({ cameras: [], microphones: [], speakers: [] }),
    preferences: createPreferences(),
    background: null,
    deviceClass: 'ordinary',
    machine: null,
    ...(profile === undefined ? {} : { captureProfile: profile }),
  })
  let recordingEndedAtMs: number | null = null
  stack.recording.store.subscribe(({ state }, before) => {
    if (state.kind === 'ended' && before.state.kind !== 'ended') recordingEndedAtMs = Date.now()
  })
  const tiles = new Map<string, () => void>()
  const frames: Record<string, number> = {}
  const watchedFrames = watchFrames()
  const voices = listens === true ? await watchVoices() : null
  const frameHeights: Record<string, number> = {}
  const screens: Record<string, SeenScreen> = {}
  const frameListeners = new Set<(name: string, nowMs: number) => void>()
  let firstFrameMs: number | null = null

  function addTile(name: string, connectionId: string): void {
    const element = document.createElement('video')
    element.width = profile?.width ?? 320
    element.height = profile?.height ?? 240
    document.body.append(element)
    const detach = stack.sink.attachVideo(element, { kind: 'remote', connectionId, picture: 'camera' })
    const count: VideoFrameRequestCallback = (now, metadata) => {
      element.requestVideoFrameCallback(count)
      // A connection that failed also shows a frame, of 2×2.
      if (metadata.width <= 2) return
      firstFrameMs ??= now - joinedAtMs
      mark('frame')
      frames[name] = (frames[name] ?? 0) + 1
      watchedFrames.note(name, now)
      frameHeights[name] = metadata.height
      for (const handle of frameListeners) handle(name, now)
    }
    element.requestVideoFrameCallback(count)
    const detachScreen = addScreen(name, connectionId)
    tiles.set(connectionId, () => {
      detachScreen()
      watchedFrames.forget(name)
      detach()
      element.remove()
    })
  }

  function addScreen(name: string, connectionId: string): () => void {
    const element = document.createElement('video')
    element.width = 480
    document.body.append(element)
    const detach = stack.sink.attachVideo(element, {
      kind: 'remote',
      connectionId,
      picture: 'screen',
    })
    const count: VideoFrameRequestCallback = (now, { width, height }) => {
      element.requestVideoFrameCallback(count)
      if (width <= 2) return
      screens[name] = { frames: (screens[name]?.frames ?? 0) + 1, width, height }
      watchedFrames.note(`screen of ${name}`, now)
    }
    element.requestVideoFrameCallback(count)
    return () => {
      watchedFrames.forget(`screen of ${name}`)
      detach()
      element.remove()
    }
  }

  function nameOf(connectionId: string): string | null {
    const snapshot = stack.call.store.getState()
    const people = snapshot.kind === 'live' ? snapshot.others : []
    return people.find((person) => person.connectionId === connectionId)?.displayName ?? null
  }

  stack.call.store.subscribe((snapshot, before) => {
    for (const { displayName, connectionId, path } of snapshot.kind === 'live' ? snapshot.others : []) {
      const known = before.kind === 'live' ? before.others : []
      const was = known.find((person) => person.connectionId === connectionId)
      if (was === undefined || was.path === path) continue
      watchedFrames.noteSwap(displayName)
      watchedFrames.noteSwap(`screen of ${displayName}`)
    }
  })
  stack.call.store.subscribe((snapshot) => {
    mark(snapshot.kind === 'live' ? `live ${snapshot.signaling}` : snapshot.kind)
    const others = snapshot.kind === 'live' ? snapshot.others : []
    for (const { connectionId, displayName: name } of others) {
      if (!tiles.has(connectionId)) addTile(name, connectionId)
    }
    for (const [connectionId, remove] of tiles) {
      if (others.some((person) => person.connectionId === connectionId)) continue
      remove()
      tiles.delete(connectionId)
    }
  })

  function find(name: string): PersonSnapshot {
    const snapshot = stack.call.store.getState()
    const others = snapshot.kind === 'live' ? snapshot.others : []
    const person = others.find(({ displayName: other }) => other === name)
    if (person === undefined) throw new Error(`${name} is not here`)
    return person
  }

  function showTile(name: string, size: { width: number; height: number } | null): void {
    stack.quality.showTile(find(name).connectionId, size === null ? null : { ...size, isMain: false })
  }

  window.callPage = {
    async prepare(wanted) {
      await stack.localMedia.start(wanted)
      return stack.localMedia.store.getState()
    },
    async createRoom() {
      const created = await rooms.create({ name: 'Library' }, crypto.randomUUID())
      if (!created.ok) throw new Error(created.error.kind)
      return created.value.roomId
    },
    async join(roomId = 'the-room') {
      joinedAtMs = performance.now()
      for (const stage of Object.keys(stages)) delete stages[stage]
      await stack.call.join(roomId, {})
    },
    leave: () => stack.call.leave(),
    setMuted: (muted) => stack.call.setMuted(muted),
    setCameraOn: (on) => stack.call.setCameraOn(on),
    chooseCamera: (deviceId) => stack.localMedia.chooseCamera(deviceId),
    followSpeaker: () => void stack.speaker.follow(),
    speaker() {
      const { connectionId } = stack.speaker.store.getState()
      return connectionId === null ? null : nameOf(connectionId)
    },
    call: () => stack.call.store.getState(),
    media: () => stack.localMedia.store.getState(),
    stages: () => stages,
    firstFrameMs: () => firstFrameMs,
    frames: () => frames,
    takeGaps: () => watchedFrames.takeGaps(),
    takeHeard: async () => (await voices?.takeHeard(nameOf)) ?? {},
    frameHeights: () => frameHeights,
    chooseQuality: (choice) => stack.quality.choose(choice),
    async shareScreen(options) {
      captureThisPage(options)
      const { content, withSound } = options
      await stack.screenShare.start({ sourceId: 'screen:0:0', content, withSound })
      return stack.screenShare.store.getState().share
    },
    stopSharing: () => stack.screenShare.stop(),
    sharing: () => stack.screenShare.store.getState().share,
    screens: () => screens,
    showTile,
    chooseAbout: (name, change) => stack.personChoices.choose(find(name).userId, change),
    setBlocked: (name, isBlocked) => stack.people[isBlocked ? 'block' : 'unblock'](find(name)),
    measureReturn(name, size) {
      const startedAtMs = performance.now()
      return new Promise((resolve) => {
        const handle = (shown: string, nowMs: number): void => {
          if (shown !== name) return
          frameListeners.delete(handle)
          resolve(nowMs - startedAtMs)
        }
        frameListeners.add(handle)
        showTile(name, size)
      })
    },
    recording: () => stack.recording.store.getState(),
    requestRecording: () => stack.recording.request(),
    answerRecording: (isGiven) => stack.recording.answer(isGiven),
    withdrawRecording: () => stack.recording.withdraw(),
    stopRecording: () => stack.recording.stop(),
    recordedFile: files.written,
    recordingEndedAtMs: () => recordingEndedAtMs,
    playRecording: files.play,
    isToneEnabled,
    async startFocus() {
      await stack.timer.start(defaultSettings.timer)
      return stack.timer.store.getState().failure === null
    },
    stopTimer: () => stack.timer.stop(),
    phase: () => selectStudyPhase(stack.timer.store.getState().view),
    traffic: readTraffic,
  }
}
