import { beforeEach, describe, expect, test } from 'vitest'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { createFakeClock, type FakeClock } from '../../../../test/support/fakes/fakeClock.ts'
import { createLiveSnapshot, createPersonSnapshot } from '../../../../test/support/people.ts'
import { createRecording } from '../../../../test/support/recordings.ts'
import type { ConsentAnswer, Recording } from '../../../shared/domain/recording.ts'
import type { RecordingFilesFailure } from '../../../shared/ipc/recordings.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { CallSnapshot } from '../../core/call/callSnapshot.ts'
import type { LocalMediaSnapshot } from '../../core/ports/localMedia.ts'
import type { RecordedPerson, RecorderHandlers } from '../../core/ports/recorder.ts'
import type { RoomNews } from '../../core/ports/roomNews.ts'
import type { RoomsFailure } from '../../core/ports/rooms.ts'
import type { RecordingFileState, ScreenShareSnapshot } from '../contracts.ts'
import { createRecordingController, type OwnedRecordingController } from './createRecordingController.ts'

const unreachable: RoomsFailure = { kind: 'unreachable', message: '', retryAfterMs: null }
const roomId = createLiveSnapshot().room.id
type Answers = Readonly<Record<string, ConsentAnswer>>

let clock: FakeClock
let call: StoreApi<CallSnapshot>
let hear: (news: RoomNews) => void
let asked: string[]
let done: string[]
let isClosed: boolean
let retries: number
let files: RecordingFileState[]
let people: readonly RecordedPerson[]
let handlers: RecorderHandlers | null
let reply: (what: string) => Result<Recording, RoomsFailure>
let opened: Promise<Result<{ id: string; name: string }, RecordingFilesFailure>>
let written: () => Promise<Result<undefined, RecordingFilesFailure>>
let mayRecord: Result<boolean, RoomsFailure>
let stored: Recording | null
let isReadable: boolean
let recording: OwnedRecordingController

const settle = () => clock.advanceAsync(0)
const at = (answers: Answers, status: Recording['status'] = 'recording', fields: Partial<Recording> = {}) =>
  createRecording(status, answers, clock.now(), fields)
const tell = (told: Recording): void => {
  stored = told.status === 'ended' ? null : told
  hear({ kind: 'recordingChanged', recording: told })
}
const state = () => recording.store.getState().state
const file = () => files.at(-1)

beforeEach(() => {
  clock = createFakeClock(1_000_000)
  call = createStore<CallSnapshot>(() => ({ kind: 'idle' }))
  asked = []
  done = []
  isClosed = true
  retries = 0
  files = []
  people = []
  handlers = null
  stored = null
  isReadable = true
  mayRecord = ok(true)
  opened = Promise.resolve(ok({ id: 'file', name: 'a.webm' }))
  written = () => Promise.resolve(ok(undefined))
  reply = () => err(unreachable)
  const say = (what: string) => {
    asked.push(what)
    return Promise.resolve(reply(what))
  }
  recording = createRecordingController({
    port: {
      read() {
        asked.push('read')
        if (!isReadable) return Promise.resolve(err(unreachable))
        return Promise.resolve(ok(stored === null ? null : { ...stored, needsAnswer: false }))
      },
      request: () => say('request'),
      answer: (_, isGiven) => say(isGiven ? 'yes' : 'no'),
      withdraw: () => say('withdraw'),
      stop: () => say('stop'),
      mayRecord() {
        asked.push('may')
        return Promise.resolve(mayRecord)
      },
    },
    call: {
      store: call,
      retry: () => (retries += 1),
      subscribeToNews(listener) {
        hear = listener
        return () => undefined
      },
    },
    localMedia: {
      store: createStore<LocalMediaSnapshot>(() => ({
        camera: { kind: 'on', deviceId: 'c', label: 'C' },
        microphone: { kind: 'off' },
        isMuted: true,
        devices: { cameras: [], microphones: [], speakers: [] },
        chosen: { cameraId: null, microphoneId: null, speakerId: null },
      })),
    },
    screenShare: {
      store: createStore<ScreenShareSnapshot>(() => ({
        share: { kind: 'off' },
        picker: { kind: 'closed' },
      })),
    },
    gate: {
      isClosed: () => isClosed,
      setClosed: (next) => (isClosed = next),
      subscribe: () => () => undefined,
    },
    recorder: {
      size: { width: 640, height: 360 },
      start(first, given) {
        done.push('start')
        people = first
        handlers = given
        return {
          setPeople: (next) => (people = next),
          setPaused: (isPaused) => done.push(isPaused ? 'pause' : 'go on'),
          stop() {
            done.push('stop')
            return Promise.resolve()
          },
        }
      },
    },
    files: {
      open: () => opened,
      append: () => written(),
      close() {
        done.push('close')
        return Promise.resolve(true)
      },
      show: () => Promise.resolve(true),
    },
    selfId: () => 'user-Ada',
    onFile: (next) => files.push(next),
    clock,
  })
})

/** Ada, in a room with these people. */
async function enter(
  names: readonly string[] = ['Ben'],
  signaling: 'joined' | 'reconnecting' = 'joined',
): Promise<void> {
  if (call.getState().kind !== 'live') recording.handleJoined(roomId, null)
  call.setState(
    createLiveSnapshot({ others: names.map((name) => createPersonSnapshot(name)), signaling }),
    true,
  )
  await settle()
}

/** Ada records, and Ben has agreed. */
async function record(): Promise<void> {
  await enter()
  tell(at({ Ada: 'given', Ben: 'given' }))
  await settle()
}

describe('what is sent of us', () => {
  test('nothing before the room has answered, and at once where nobody records', () => {
    expect(isClosed).toBe(true)
    recording.handleJoined(roomId, null)
    expect(isClosed).toBe(false)
  })

  test('nothing to a recording that began before we came, until our yes; the media server is then asked again', async () => {
    const told = at({ Ben: 'given', Ada: 'pending' }, 'recording', { requesterId: 'user-Ben' })
    recording.handleJoined(roomId, { ...told, needsAnswer: true })
    expect(isClosed).toBe(true)
    stored = told
    call.setState(createLiveSnapshot({ mediaServer: 'needsConsent' }), true)
    await settle()
    expect(isClosed).toBe(true)
    clock.advance(10)
    reply = () => ok(at({ Ben: 'given', Ada: 'given' }, 'recording', { requesterId: 'user-Ben' }))
    await recording.answer(true)
    expect({ isClosed, retries, asked: asked.at(-1) }).toEqual({ isClosed: false, retries: 1, asked: 'yes' })
  })

  test('our no ends it, and then there is nothing left to agree to', async () => {
    const told = at({ Ben: 'given', Ada: 'pending' }, 'recording', { requesterId: 'user-Ben' })
    recording.handleJoined(roomId, { ...told, needsAnswer: true })
    reply = () => ok(at({ Ben: 'given', Ada: 'refused' }, 'ended', { endReason: 'refused' }))
    await recording.answer(false)
    expect(state()).toMatchObject({ kind: 'ended', reason: 'refused' })
    expect(isClosed).toBe(false)
  })

  test('a withdrawal closes it before anybody is told, and is said until it is heard', async () => {
    await enter()
    tell(at({ Ben: 'given', Ada: 'given' }, 'recording', { requesterId: 'user-Ben' }))
    const withdrawn = recording.withdraw()
    expect(isClosed).toBe(true)
    await withdrawn
    expect(recording.store.getState()).toMatchObject({ isWithdrawing: true, failure: unreachable })
    await clock.advanceAsync(2_000)
    expect(asked.filter((what) => what === 'withdraw')).toHaveLength(2)
    reply = () => ok(at({ Ada: 'withdrawn' }, 'ended', { endReason: 'withdrawn' }))
    await clock.advanceAsync(2_000)
    expect(state().kind).toBe('ended')
    expect(recording.store.getState().isWithdrawing).toBe(false)
    expect(isClosed).toBe(false)
    await clock.advanceAsync(10_000)
    expect(asked.filter((what) => what === 'withdraw')).toHaveLength(3)
  })

  test('leaving closes it for the next room', async () => {
    await enter()
    call.setState({ kind: 'idle' }, true)
    expect(isClosed).toBe(true)
    expect(clock.pendingCount()).toBe(0)
  })
})

describe('what we know', () => {
  test('after an outage the room is asked again, and what has ended meanwhile has ended', async () => {
    await record()
    await enter(['Ben'], 'reconnecting')
    // A no could not be heard.
    expect(done.at(-1)).toBe('pause')
    stored = null
    await enter()
    expect(state()).toMatchObject({ kind: 'ended', reason: null })
    expect(file()).toEqual({ kind: 'saved', name: 'a.webm' })
  })

  test('a refusal of what we asked is said', async () => {
    await enter()
    reply = () => err({ kind: 'rate_limited', message: '', retryAfterMs: 1_000 })
    await recording.request()
    expect(recording.store.getState()).toMatchObject({ isBusy: false, failure: { kind: 'rate_limited' } })
  })

  test('an end that was read about stays read, and the next one is news', async () => {
    await record()
    tell(at({}, 'ended', { endReason: 'stopped' }))
    recording.dismiss()
    expect(recording.store.getState().isEndDismissed).toBe(true)
    tell(at({ Ada: 'given' }, 'requested', { id: 'next' }))
    expect(recording.store.getState()).toMatchObject({ isEndDismissed: false, state: { kind: 'asked' } })
  })
})

describe('the file', () => {
  test('is begun by who asked, once the database allows it, with who has agreed', async () => {
    await record()
    expect(asked).toContain('may')
    expect(done).toEqual(['start', 'go on'])
    expect(people.map(({ displayName, hasCamera }) => [displayName, hasCamera])).toEqual([
      ['Ben', true],
      ['Ada', true],
    ])
    expect(file()).toEqual({ kind: 'writing', name: 'a.webm', isPaused: false })
  })

  test('not by anybody else', async () => {
    await enter()
    tell(at({ Ada: 'given', Ben: 'given' }, 'recording', { requesterId: 'user-Ben' }))
    await settle()
    expect(done).toEqual([])
  })

  test('not before the database says that we may, which is asked again', async () => {
    mayRecord = ok(false)
    await record()
    expect(done).toEqual([])
    mayRecord = ok(true)
    await clock.advanceAsync(1_000)
    expect(done).toEqual(['start', 'go on'])
  })

  test('pauses at once for somebody who comes, whoever is first to tell of them, and is without them until their yes', async () => {
    await record()
    await enter(['Ben', 'Chloe'])
    expect(done.at(-1)).toBe('pause')
    expect(people.map(({ displayName }) => displayName)).toEqual(['Ben', 'Ada'])
    tell(at({ Ada: 'given', Ben: 'given', Chloe: 'pending' }))
    expect(file()).toMatchObject({ isPaused: true })
    clock.advance(10)
    tell(at({ Ada: 'given', Ben: 'given', Chloe: 'given' }))
    expect(done.at(-1)).toBe('go on')
    expect(people).toHaveLength(3)
  })

  test('ends with a withdrawal in the same moment, and what there is is saved', async () => {
    await record()
    tell(at({ Ada: 'given', Ben: 'withdrawn' }, 'ended', { endReason: 'withdrawn' }))
    // Before anything else has had its turn.
    expect(done.slice(2)).toEqual(['pause', 'stop'])
    await settle()
    expect(done.at(-1)).toBe('close')
    expect(file()).toEqual({ kind: 'saved', name: 'a.webm' })
    await clock.advanceAsync(60_000)
    expect(done.filter((what) => what === 'start')).toHaveLength(1)
  })

  test('ends here with our own wish, also where nobody can be told', async () => {
    await record()
    await recording.stop()
    expect(done).toContain('stop')
    expect(file()).toMatchObject({ kind: 'saved' })
    reply = () => ok(at({}, 'ended', { endReason: 'stopped' }))
    await clock.advanceAsync(2_000)
    expect(state()).toMatchObject({ kind: 'ended', reason: 'stopped' })
    await clock.advanceAsync(10_000)
    expect(asked.filter((what) => what === 'stop')).toHaveLength(2)
  })

  test('a no that was not heard is found out', async () => {
    await record()
    mayRecord = ok(false)
    stored = null
    await clock.advanceAsync(5_000)
    expect(file()).toEqual({ kind: 'saved', name: 'a.webm' })
  })

  test('a no that was not heard pauses it at once, also where nobody can say more about it', async () => {
    await record()
    mayRecord = ok(false)
    isReadable = false
    await clock.advanceAsync(5_000)
    expect(done.at(-1)).toBe('pause')
    expect(file()).toMatchObject({ kind: 'writing', isPaused: true })
    isReadable = true
    mayRecord = ok(true)
    await clock.advanceAsync(2_000)
    expect(done.at(-1)).toBe('go on')
  })

  test('is closed after the call, and said then', async () => {
    await record()
    call.setState({ kind: 'ended', roomId, roomName: '', reason: 'left' }, true)
    await settle()
    expect(file()).toEqual({ kind: 'saved', name: 'a.webm' })
    expect(clock.pendingCount()).toBe(0)
  })

  test('one that was still being opened when it ended is closed, and no recorder begins', async () => {
    let open: (value: Awaited<typeof opened>) => void = () => undefined
    opened = new Promise((resolve) => (open = resolve))
    await record()
    tell(at({ Ada: 'given', Ben: 'withdrawn' }, 'ended', { endReason: 'withdrawn' }))
    open(ok({ id: 'file', name: 'a.webm' }))
    await settle()
    expect(done).toEqual(['close'])
  })

  test.each<[string, () => void, RecordingFileState]>([
    [
      'a full disk',
      () => {
        written = () => Promise.resolve(err('diskFull'))
        handlers?.handlePiece(new Uint8Array(10))
      },
      { kind: 'failed', reason: 'diskFull', name: 'a.webm' },
    ],
    [
      'a disk that does not keep up',
      () => {
        written = () => new Promise((resolve) => clock.schedule(1, () => resolve(ok(undefined))))
        for (let count = 0; count < 3; count += 1) handlers?.handlePiece(new Uint8Array(8 * 1_024 * 1_024))
      },
      { kind: 'failed', reason: 'tooSlow', name: 'a.webm' },
    ],
    [
      'a recorder that breaks',
      () => handlers?.handleFailed('broken'),
      { kind: 'failed', reason: 'recorder', name: 'a.webm' },
    ],
  ])('%s ends it for everybody, in words', async (_, breakIt, expected) => {
    await record()
    breakIt()
    await clock.advanceAsync(10)
    expect(asked.at(-1)).toBe('stop')
    reply = () => ok(at({}, 'ended', { endReason: 'stopped' }))
    expect(file()).toEqual(expected)
    expect(done.slice(-3)).toEqual(['pause', 'stop', 'close'])
    await clock.advanceAsync(60_000)
    expect(done.filter((what) => what === 'start')).toHaveLength(1)
  })

  test('one that cannot be made ends it for everybody', async () => {
    opened = Promise.resolve(err('notWritable'))
    await record()
    expect(asked.at(-1)).toBe('stop')
    expect(file()).toEqual({ kind: 'failed', reason: 'notWritable', name: null })
    expect(done).toEqual([])
  })
})
