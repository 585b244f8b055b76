import { createStore } from 'zustand/vanilla'
import type { OpenRecording, Recording } from '../../../shared/domain/recording.ts'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { MediaGate } from '../../core/ports/mediaGate.ts'
import type { RecorderPort } from '../../core/ports/recorder.ts'
import type { RecordingAnswer, RecordingPort } from '../../core/ports/recording.ts'
import type { RecordingFilesPort } from '../../core/ports/recordingFiles.ts'
import type { RoomNewsSource } from '../../core/ports/roomNews.ts'
import {
  isOpenRecording,
  noRecording,
  type RecordingState,
  takeNoRecording,
  takeRecording,
} from '../../core/recording/recordingState.ts'
import type {
  CallController,
  LocalMediaController,
  ReadableStore,
  RecordingController,
  RecordingFileState,
  RecordingSnapshot,
  ScreenShareSnapshot,
} from '../contracts.ts'
import { createRecordingWriter } from './createRecordingWriter.ts'
import { selectWantedRecording } from './selectWantedRecording.ts'

/** What could not be asked or said is tried again after this. */
const RETRY_MS = 2_000
/** While we record, the database is asked this often whether we still may: a no that was not heard is found out. */
const CHECK_MS = 5_000

export interface RecordingDependencies {
  readonly port: RecordingPort
  readonly call: Pick<CallController, 'store' | 'retry'> & RoomNewsSource
  readonly localMedia: Pick<LocalMediaController, 'store'>
  readonly screenShare: { readonly store: ReadableStore<ScreenShareSnapshot> }
  /** What we send passes here. */
  readonly gate: MediaGate
  readonly recorder: RecorderPort
  readonly files: RecordingFilesPort
  /** Who is signed in; null when nobody is. */
  readonly selfId: () => string | null
  /** How the file does that is written here; also after the call, when its end is written. */
  readonly onFile: (file: RecordingFileState) => void
  readonly clock: Clock
}

/** The controller together with what its owner needs. */
export interface OwnedRecordingController extends RecordingController {
  /** We are about to be in a room: what is said here holds before anything is sent. */
  handleJoined(roomId: string, recording: OpenRecording | null): void
  dispose(): void
}

const away: RecordingSnapshot = {
  state: noRecording,
  file: { kind: 'none' },
  isBusy: false,
  isWithdrawing: false,
  isEndDismissed: false,
  failure: null,
}

/**
 * Recording by consent, as this app takes part in it: says what the person says, sends nothing of theirs before they have, and records
 * when it was they who asked, for as long as the database and everybody here agree.
 */
export function createRecordingController(deps: RecordingDependencies): OwnedRecordingController {
  const { port, call, gate, clock } = deps
  const store = createStore<RecordingSnapshot>(() => away)
  let roomId: string | null = null
  /** Counts what was told, as an answer without a recording does not say of when it is. */
  let told = 0
  /** We have ended it here, whatever becomes of telling the others. */
  let stoppedId: string | null = null
  /** The database has said no, and not yet why. */
  let isDoubted = false
  let cancelRead: () => void = () => undefined
  let cancelWithdrawal: () => void = () => undefined
  let cancelStop: () => void = () => undefined
  let cancelCheck: (() => void) | null = null

  const writer = createRecordingWriter({
    recorder: deps.recorder,
    files: deps.files,
    async mayRecord(recordingId) {
      const answer = await port.mayRecord(recordingId)
      return answer.ok && answer.value
    },
    onChanged(file) {
      store.setState({ file })
      deps.onFile(file)
      watch(file.kind === 'writing')
    },
    onFailed(recordingId) {
      stoppedId = recordingId
      void endForAll(recordingId)
    },
    clock,
  })

  function setRecording(state: RecordingState, changes: Partial<RecordingSnapshot> = {}): void {
    isDoubted = false
    const isWithdrawing = isOpenRecording(state) && (changes.isWithdrawing ?? store.getState().isWithdrawing)
    if (!isWithdrawing) cancelWithdrawal()
    if (!isOpenRecording(state)) cancelStop()
    const isEndDismissed = state.kind === 'ended' && store.getState().isEndDismissed
    store.setState({ ...changes, state, isWithdrawing, isEndDismissed })
    // SECURITY: before anything else is done about it.
    const wasClosed = gate.isClosed()
    gate.setClosed(isWithdrawing || (isOpenRecording(state) && state.needsAnswer))
    const snapshot = call.store.getState()
    const waits = snapshot.kind === 'live' && snapshot.mediaServer === 'needsConsent'
    if (wasClosed && !gate.isClosed() && waits) call.retry()
    follow()
  }

  function follow(): void {
    writer.follow(
      selectWantedRecording({
        snapshot: store.getState(),
        call: call.store.getState(),
        isCameraOn: deps.localMedia.store.getState().camera.kind === 'on',
        isSharing: deps.screenShare.store.getState().share.kind === 'on',
        stoppedId,
        isDoubted,
      }),
    )
  }

  function take(recording: Recording, needsAnswer?: boolean): void {
    const selfId = deps.selfId()
    if (selfId === null || roomId === null) return
    told += 1
    setRecording(takeRecording(store.getState().state, recording, selfId, needsAnswer))
  }

  async function read(): Promise<void> {
    cancelRead()
    const id = roomId
    if (id === null) return
    const before = told
    const answer = await port.read(id)
    if (roomId !== id) return
    if (!answer.ok) {
      cancelRead = clock.schedule(RETRY_MS, () => void read())
    } else if (answer.value !== null) {
      take(answer.value, answer.value.needsAnswer)
    } else if (told === before) {
      // What was told while we asked may be newer.
      setRecording(takeNoRecording(store.getState().state))
    }
  }

  /** While we record: asks whether we still may. Without an answer nobody could have said no either. */
  function watch(isOn: boolean): void {
    if (!isOn) {
      cancelCheck?.()
      cancelCheck = null
      return
    }
    cancelCheck ??= clock.schedule(CHECK_MS, () => void check())
  }

  async function check(): Promise<void> {
    const { state, file } = store.getState()
    cancelCheck = null
    if (state.kind !== 'recording' || file.kind !== 'writing') return
    const answer = await port.mayRecord(state.id)
    if (answer.ok && !answer.value && !file.isPaused && store.getState().state === state) {
      // SECURITY: nothing more of anybody before it is known what has become of it.
      isDoubted = true
      follow()
      await read()
    }
    watch(store.getState().file.kind === 'writing')
  }

  async function act(request: (id: string) => RecordingAnswer): Promise<void> {
    const id = roomId
    if (id === null || store.getState().isBusy) return
    store.setState({ isBusy: true, failure: null })
    const answer = await request(id)
    if (roomId !== id) return
    store.setState({ isBusy: false, failure: answer.ok ? null : answer.error })
    if (answer.ok) take(answer.value)
  }

  async function withdraw(): Promise<void> {
    const { state } = store.getState()
    if (!isOpenRecording(state)) return
    cancelWithdrawal()
    // Nothing of ours is sent any more, so that it is over also where nobody can be told.
    setRecording(state, { isWithdrawing: true, failure: null })
    const answer = await port.withdraw(state.id)
    if (answer.ok) return take(answer.value)
    if (!store.getState().isWithdrawing) return
    store.setState({ failure: answer.error })
    cancelWithdrawal = clock.schedule(RETRY_MS, () => void withdraw())
  }

  async function stop(): Promise<void> {
    const { state } = store.getState()
    if (!isOpenRecording(state)) return
    const isOwn = state.requesterId === deps.selfId()
    if (isOwn) stoppedId = state.id
    follow()
    await act(() => port.stop(state.id))
    if (isOwn && store.getState().failure !== null) retryEnding(state.id)
  }

  /** We do not record any more, and the others are to know: said until it is heard. */
  async function endForAll(recordingId: string): Promise<void> {
    const answer = await port.stop(recordingId)
    if (answer.ok) take(answer.value)
    else retryEnding(recordingId)
  }

  function retryEnding(recordingId: string): void {
    const { state } = store.getState()
    if (!isOpenRecording(state) || state.id !== recordingId) return
    cancelStop()
    cancelStop = clock.schedule(RETRY_MS, () => void endForAll(recordingId))
  }

  function leave(): void {
    roomId = null
    cancelRead()
    cancelWithdrawal()
    cancelStop()
    gate.setClosed(true)
    store.setState({ ...away, file: store.getState().file }, true)
    writer.follow(null)
  }

  function handleCall(snapshot: CallSnapshot, before: CallSnapshot): void {
    if (snapshot.kind === 'joining') return
    if (snapshot.kind !== 'live') {
      if (roomId !== null) leave()
      return
    }
    const hadJoined = before.kind === 'live' && before.signaling === 'joined'
    if (snapshot.signaling === 'joined' && !hadJoined) void read()
    follow()
  }

  const unsubscribe = [
    call.store.subscribe(handleCall),
    call.subscribeToNews((news) => {
      if (news.kind === 'recordingChanged') take(news.recording)
    }),
    deps.localMedia.store.subscribe(follow),
    deps.screenShare.store.subscribe(follow),
  ]

  return {
    store,
    handleJoined(id, recording) {
      const isNew = roomId !== id
      roomId = id
      const before = isNew ? noRecording : store.getState().state
      const selfId = deps.selfId()
      const state =
        recording === null || selfId === null
          ? takeNoRecording(before)
          : takeRecording(before, recording, selfId, recording.needsAnswer)
      setRecording(state, isNew ? { file: { kind: 'none' }, failure: null } : {})
    },
    request: () => act((id) => port.request(id)),
    async answer(isGiven) {
      const { state } = store.getState()
      if (isOpenRecording(state)) await act(() => port.answer(state.id, isGiven))
    },
    withdraw,
    stop,
    dismiss() {
      const { state } = store.getState()
      // What has ended is kept in mind, so that nothing late begins it again; a later one takes its place.
      store.setState({ failure: null, isEndDismissed: state.kind === 'ended' })
    },
    dispose() {
      for (const end of unsubscribe) end()
      leave()
      cancelCheck?.()
      writer.dispose()
    },
  }
}
