import { beforeEach, describe, expect, test } from 'vitest'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { createFakeClock, type FakeClock } from '../../../../test/support/fakes/fakeClock.ts'
import { createFakeMachine, type FakeMachine } from '../../../../test/support/fakes/fakeMachine.ts'
import { createFakeStatistics, type FakeStatistics } from '../../../../test/support/fakes/fakeStatistics.ts'
import { createFigures } from '../../../../test/support/machine.ts'
import { createLiveSnapshot, createPersonSnapshot as person } from '../../../../test/support/people.ts'
import { createOutbound, createReading } from '../../../../test/support/readings.ts'
import type { VideoWishesMessage } from '../../../shared/realtime/roomEvents.ts'
import type { CallSnapshot, PersonSnapshot } from '../../core/call/callSnapshot.ts'
import type { EffectsSnapshot, ScreenShareSnapshot } from '../contracts.ts'
import type { CaptureState, LocalMediaSnapshot } from '../../core/ports/localMedia.ts'
import type {
  CaptureProfile,
  EffectsPlan,
  QualityPlan,
  Subscription,
} from '../../core/quality/qualityPlan.ts'
import { createReadingLoop } from '../statistics/createReadingLoop.ts'
import { createQualityController, type OwnedQualityController } from './createQualityController.ts'

const { room } = createLiveSnapshot()

const live = (...others: readonly PersonSnapshot[]) =>
  createLiveSnapshot({
    self: { userId: 'user-Ben', connectionId: 'Ben', displayName: 'Ben', handRaisedAt: null },
    others,
  })

const cameraOn: CaptureState = { kind: 'on', deviceId: 'desk', label: 'Desk' }
const large = { width: 1_280, height: 960, isMain: false }

let clock: FakeClock
let statistics: FakeStatistics
let call: StoreApi<CallSnapshot>
let media: StoreApi<LocalMediaSnapshot>
let hear: (message: VideoWishesMessage) => void
let machine: FakeMachine
let sent: string[]
/** Of whom the last wishes said that a screen of theirs is looked at. */
let screensSeen: readonly string[]
let said: QualityPlan['encodings']
let subscribed: readonly Subscription[]
let setCount: number
let finishShaping: () => void
let shaped: CaptureProfile[]
let chosen: { videoQuality: 'auto' | '360p' | 'audioOnly' | 'dataSaver'; receiveVideo: boolean }
let effects: StoreApi<EffectsSnapshot>
let sharing: StoreApi<ScreenShareSnapshot>
let relief: EffectsPlan
let controller: OwnedQualityController

function build(): void {
  const listeners = new Set<() => void>()
  controller = createQualityController({
    call: {
      store: call,
      sendVideoWishes(wishes) {
        sent.push(wishes.map(({ to, picture }) => `${to} ${picture?.shortSide ?? 'hidden'}`).join(', '))
        screensSeen = wishes.filter(({ isScreenSeen }) => isScreenSeen).map(({ to }) => to)
      },
      subscribeToVideoWishes(listener) {
        hear = listener
        return () => undefined
      },
    },
    localMedia: {
      store: media,
      setCameraOn(on) {
        media.setState({ camera: on ? cameraOn : { kind: 'off' } })
        return Promise.resolve()
      },
    },
    screenShare: { store: sharing },
    listen: createReadingLoop({ statistics, clock }),
    encodings: {
      set(encodings) {
        said = encodings
        setCount += 1
      },
    },
    subscriptions: {
      set(subscriptions) {
        subscribed = subscriptions
      },
    },
    capture: {
      shapeCamera(profile) {
        shaped.push(profile)
        return new Promise((resolve) => {
          finishShaping = resolve
        })
      },
    },
    preferences: {
      current: () => chosen,
      update(patch) {
        chosen = Object.assign({}, chosen, patch)
        for (const listener of listeners) listener()
      },
      subscribe(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    machine: machine.port,
    background: {
      store: effects,
      chooseBackground(choice) {
        effects.setState({ background: { choice, state: 'off' } })
      },
      relieve(plan) {
        relief = plan
      },
    },
    deviceClass: 'ordinary',
    clock,
  })
}

const sentTo = (name: string) => said.find(({ linkId }) => linkId === name)?.video

beforeEach(() => {
  clock = createFakeClock()
  statistics = createFakeStatistics()
  machine = createFakeMachine()
  call = createStore<CallSnapshot>(() => ({ kind: 'idle' }))
  media = createStore<LocalMediaSnapshot>(() => ({
    camera: cameraOn,
    microphone: { kind: 'off' },
    isMuted: true,
    devices: { cameras: [], microphones: [], speakers: [] },
    chosen: { cameraId: null, microphoneId: null, speakerId: null },
  }))
  sharing = createStore<ScreenShareSnapshot>(() => ({ share: { kind: 'off' }, picker: { kind: 'closed' } }))
  effects = createStore<EffectsSnapshot>(() => ({
    background: { choice: 'none', state: 'off' },
    noiseSuppression: { choice: 'standard', state: 'off' },
    reliefReason: null,
    keepsBackground: false,
  }))
  relief = { relief: 'none', reason: null }
  chosen = { videoQuality: 'auto', receiveVideo: true }
  sent = []
  screensSeen = []
  said = []
  subscribed = []
  setCount = 0
  shaped = []
  build()
})

describe('a shared screen', () => {
  const share = { kind: 'on', name: null, content: 'text', sound: 'none' } as const
  const screenTo = (linkId: string) => said.find((encoding) => encoding.linkId === linkId)?.screen.isActive

  test('goes to everybody who does not say that they do not look', () => {
    call.setState(live(person('Ada'), person('Chloe')), true)
    expect(screenTo('Ada')).toBe(false)
    sharing.setState({ share })
    expect(screenTo('Ada')).toBe(true)
    hear({ from: 'Ada', wishes: [{ to: 'Ben', picture: null, isScreenSeen: false }] })
    expect([screenTo('Ada'), screenTo('Chloe')]).toEqual([false, true])
    hear({ from: 'Ada', wishes: [{ to: 'Ben', picture: null }] })
    expect(screenTo('Ada')).toBe(true)
    sharing.setState({ share: { kind: 'off' } })
    expect(screenTo('Ada')).toBe(false)
  })
})

describe('people whom we do not see, or who do not see us', () => {
  const ordinary = { isSeen: true, volume: 1, seesUs: true }
  const perceive = (changes: Partial<typeof ordinary>) =>
    controller.setPerceptions(new Map([['Ada', { ...ordinary, ...changes }]]))

  test('nothing is asked of whoever is hidden, neither picture nor screen, and it comes back', () => {
    call.setState(live(person('Ada'), person('Chloe')), true)
    for (const name of ['Ada', 'Chloe']) controller.showTile(name, large)
    clock.advance(1_000)
    perceive({ isSeen: false })
    clock.advance(1_000)
    expect(sent.at(-1)).toBe('Ada hidden, Chloe 480')
    expect(screensSeen).toEqual(['Chloe'])
    expect(controller.isExpected('Ada')).toBe(false)
    perceive({})
    clock.advance(1_000)
    expect(sent.at(-1)).toBe('Ada 480, Chloe 480')
    expect(screensSeen).toEqual(['Ada', 'Chloe'])
  })

  test('whoever is hidden from the start is never asked for anything', () => {
    perceive({ isSeen: false })
    call.setState(live(person('Ada'), person('Eve', { path: 'sfu' })), true)
    controller.setPerceptions(new Map([['Eve', { ...ordinary, isSeen: false }]]))
    perceive({ isSeen: false })
    clock.advance(1_000)
    expect(sent.at(-1)).toBe('Ada hidden')
  })

  test('on the media server, whoever is hidden is turned off there, with a tile or without', () => {
    call.setState(live(person('Ada', { path: 'sfu' })), true)
    perceive({ isSeen: false })
    expect(subscribed).toEqual([{ connectionId: 'Ada', picture: null }])
    controller.showTile('Ada', large)
    expect(subscribed).toEqual([{ connectionId: 'Ada', picture: null }])
  })

  test('whoever is not to see us gets neither picture nor screen, whatever they ask for', () => {
    sharing.setState({ share: { kind: 'on', name: null, content: 'text', sound: 'none' } })
    call.setState(live(person('Ada'), person('Chloe')), true)
    hear({ from: 'Ada', wishes: [{ to: 'Ben', picture: { shortSide: 300, framerate: 30 } }] })
    perceive({ isSeen: false, seesUs: false })
    hear({ from: 'Ada', wishes: [{ to: 'Ben', picture: { shortSide: 360, framerate: 30 } }] })
    expect(sentTo('Ada')?.isActive).toBe(false)
    expect(said.find(({ linkId }) => linkId === 'Ada')?.screen.isActive).toBe(false)
    expect(sentTo('Chloe')?.isActive).toBe(true)
    perceive({})
    expect(sentTo('Ada')).toMatchObject({ isActive: true, shortSide: 360 })
  })

  test('no screen is asked for where the view has no place for one', () => {
    call.setState(live(person('Ada')), true)
    controller.showTile('Ada', null)
    controller.setScreensShown(false)
    clock.advance(1_000)
    expect(sent.at(-1)).toBe('Ada hidden')
    expect(screensSeen).toEqual([])
    controller.setScreensShown(true)
    clock.advance(1_000)
    expect(screensSeen).toEqual(['Ada'])
  })
})

describe('what others show of us', () => {
  test('is what they get: nothing where nothing is shown, and it comes back', () => {
    call.setState(live(person('Ada'), person('Chloe')), true)
    expect(sentTo('Ada')).toMatchObject({ isActive: true, shortSide: 480 })
    hear({ from: 'Ada', wishes: [{ to: 'Ben', picture: null }] })
    expect(sentTo('Ada')?.isActive).toBe(false)
    expect(sentTo('Chloe')?.isActive).toBe(true)
    hear({ from: 'Ada', wishes: [{ to: 'Ben', picture: { shortSide: 200, framerate: 30 } }] })
    expect(sentTo('Ada')).toMatchObject({ isActive: true, shortSide: 200 })
  })

  test('is not what somebody wishes of others, nor what a stranger says', () => {
    call.setState(live(person('Ada')), true)
    hear({ from: 'Ada', wishes: [{ to: 'Chloe', picture: null }] })
    hear({ from: 'Eve', wishes: [{ to: 'Ben', picture: null }] })
    expect(sentTo('Ada')?.isActive).toBe(true)
    call.setState(live(person('Ada'), person('Eve')), true)
    expect(sentTo('Eve')?.isActive).toBe(true)
  })

  test('is forgotten while they are on the media server: on the way back they wait for a picture', () => {
    sharing.setState({ share: { kind: 'on', name: null, content: 'text', sound: 'none' } })
    call.setState(live(person('Ada')), true)
    hear({ from: 'Ada', wishes: [{ to: 'Ben', picture: null, isScreenSeen: false }] })
    call.setState(live(person('Ada', { path: 'sfu' })), true)
    call.setState(live(person('Ada')), true)
    expect(sentTo('Ada')?.isActive).toBe(true)
    expect(said.find(({ linkId }) => linkId === 'Ada')?.screen.isActive).toBe(true)
  })

  test('is forgotten when they leave', () => {
    call.setState(live(person('Ada')), true)
    hear({ from: 'Ada', wishes: [{ to: 'Ben', picture: null }] })
    call.setState(live(), true)
    call.setState(live(person('Ada')), true)
    expect(sentTo('Ada')?.isActive).toBe(true)
  })
})

describe('what we show of others', () => {
  test('is told to them, at once when a picture is waited for', () => {
    call.setState(live(person('Ada'), person('Chloe')), true)
    expect(sent).toEqual([])
    controller.showTile('Ada', large)
    controller.showTile('Chloe', null)
    clock.advance(300)
    expect(sent.at(-1)).toBe('Ada 480, Chloe hidden')
    clock.advance(1_000)
    controller.showTile('Chloe', { width: 320, height: 240, isMain: false })
    expect(sent.at(-1)).toBe('Ada 480, Chloe 240')
  })

  test('is nothing behind a hidden window, or when nobody is to be seen', () => {
    call.setState(live(person('Ada')), true)
    controller.showTile('Ada', large)
    controller.setWindowVisible(false)
    clock.advance(1_000)
    expect(sent.at(-1)).toBe('Ada hidden')
    controller.setWindowVisible(true)
    expect(sent.at(-1)).toBe('Ada 720')
    controller.setReceivesVideo(false)
    clock.advance(300)
    expect(sent.at(-1)).toBe('Ada hidden')
  })

  test('is what a recording draws, also behind a hidden window and of tiles that nobody sees', () => {
    call.setState(live(person('Ada'), person('Chloe')), true)
    controller.showTile('Ada', large)
    controller.showTile('Chloe', null)
    controller.setWindowVisible(false)
    controller.setRecorded({ width: 640, height: 360 })
    clock.advance(1_000)
    expect(sent.at(-1)).toBe('Ada 360, Chloe 360')
    controller.setWindowVisible(true)
    clock.advance(1_000)
    expect(sent.at(-1)).toBe('Ada 480, Chloe 360')
    controller.setRecorded(null)
    clock.advance(1_000)
    expect(sent.at(-1)).toBe('Ada 480, Chloe hidden')
  })

  test('is told again to those who may not have heard it', () => {
    call.setState(live(person('Ada'), person('Chloe', { link: 'connecting' })), true)
    controller.showTile('Ada', large)
    controller.showTile('Chloe', large)
    clock.advance(1_000)
    const { length } = sent
    call.setState(live(person('Ada'), person('Chloe')), true)
    expect(sent.slice(length)).toEqual(['Ada 480, Chloe 480'])
    clock.advance(1_000)
    call.setState({ ...live(person('Ada'), person('Chloe')), signaling: 'reconnecting' }, true)
    call.setState(live(person('Ada'), person('Chloe')), true)
    expect(sent.slice(length)).toHaveLength(2)
  })

  test('is asked of the media server by other means, of whom it is known', () => {
    call.setState(live(person('Ada', { path: 'sfu' }), person('Chloe', { path: 'sfu' })), true)
    controller.showTile('Ada', large)
    clock.advance(20_000)
    expect(sent).toEqual([])
    expect(said.map(({ linkId }) => linkId)).toEqual(['sfu'])
    expect(subscribed).toEqual([{ connectionId: 'Ada', picture: { shortSide: 480, framerate: 30 } }])
    controller.choose('dataSaver')
    expect(subscribed).toEqual([{ connectionId: 'Ada', picture: { shortSide: 180, framerate: 15 } }])
    controller.setReceivesVideo(false)
    expect(subscribed).toEqual([{ connectionId: 'Ada', picture: null }])
    call.setState({ kind: 'idle' }, true)
    expect(subscribed).toEqual([])
  })

  test('is not asked of the media server while somebody comes over to it, and we send there already', () => {
    const moving = live(person('Ada'))
    call.setState({ ...moving, mediaServer: 'connected' }, true)
    controller.showTile('Ada', null)
    expect(subscribed).toEqual([])
    expect(said.map(({ linkId }) => linkId)).toEqual(['Ada', 'sfu'])
    call.setState({ ...live(person('Ada', { path: 'sfu' })), mediaServer: 'connected' }, true)
    expect(subscribed).toEqual([{ connectionId: 'Ada', picture: null }])
    expect(said.map(({ linkId }) => linkId)).toEqual(['sfu'])
  })

  test('what the media server wants of us is sent there, and the whole where it has not said', () => {
    call.setState(live(person('Ada', { path: 'sfu' })), true)
    expect(sentTo('sfu')).toMatchObject({ shortSide: 480 })
    controller.handleDemand('medium')
    expect(sentTo('sfu')).toMatchObject({ shortSide: 360 })
    controller.handleDemand('none')
    expect(sentTo('sfu')).toMatchObject({ isActive: false })
    controller.handleDemand(null)
    expect(sentTo('sfu')).toMatchObject({ shortSide: 480 })
  })

  test('a picture is expected once it can have come', () => {
    call.setState(live(person('Ada')), true)
    expect(controller.isExpected('Ada')).toBe(true)
    controller.showTile('Ada', null)
    expect(controller.isExpected('Ada')).toBe(false)
    controller.showTile('Ada', large)
    expect(controller.isExpected('Ada')).toBe(false)
    clock.advance(4_000)
    expect(controller.isExpected('Ada')).toBe(true)
  })
})

describe('what is measured', () => {
  test('lowers what is sent to whom it concerns, and only while the call lasts', async () => {
    call.setState(live(person('Ada'), person('Chloe')), true)
    for (let round = 0; round < 10; round += 1) {
      statistics.readings = [
        createReading('Ada', { atMs: clock.now(), outbound: [createOutbound('video', { lossRatio: 0.2 })] }),
        createReading('Chloe', { atMs: clock.now() }),
      ]
      await clock.advanceAsync(2_000)
    }
    expect(sentTo('Ada')).toMatchObject({ isActive: true, shortSide: 180 })
    expect(sentTo('Chloe')?.shortSide).toBe(480)
    call.setState({ kind: 'ended', roomId: room.id, roomName: room.name, reason: 'left' }, true)
    expect(said).toEqual([])
    await clock.advanceAsync(60_000)
    expect(clock.pendingCount()).toBe(0)
  })

  test('a machine that is busy is told of, with what to turn off, until it is done or dismissed', () => {
    call.setState(live(person('Ada')), true)
    const busy = (seconds: number) => {
      for (let second = 0; second < seconds; second += 2) {
        clock.advance(2_000)
        machine.measure(createFigures({ systemPercent: 95 }))
      }
    }
    busy(14)
    expect(controller.store.getState().warning).toMatchObject({ kind: 'cpuHigh', relief: 'largePictures' })
    controller.relieve()
    expect(controller.store.getState()).toMatchObject({ choice: 'dataSaver', warning: null })
    expect(sentTo('Ada')?.shortSide).toBe(180)
    busy(12)
    expect(controller.store.getState().warning).toBeNull()
    busy(4)
    expect(controller.store.getState()).toMatchObject({ warning: { relief: 'video' } })
    controller.dismissWarning()
    busy(30)
    expect(controller.store.getState().warning).toBeNull()
    machine.measure(createFigures({ systemPercent: 20 }))
    busy(14)
    expect(controller.store.getState().warning).not.toBeNull()
  })
})

test('a background gives way to a busy machine, is named first, and is turned off by one answer', () => {
  effects.setState({ background: { choice: 'blur', state: 'on' } })
  call.setState(live(person('Ada')), true)
  for (let second = 0; second < 14; second += 2) {
    clock.advance(2_000)
    machine.measure(createFigures({ systemPercent: 95 }))
  }
  expect(relief).toEqual({ relief: 'simple', reason: 'busy' })
  expect(controller.store.getState().warning).toMatchObject({ relief: 'blur' })
  controller.relieve()
  expect(effects.getState().background.choice).toBe('none')
  for (let second = 0; second < 16; second += 2) {
    clock.advance(2_000)
    machine.measure(createFigures({ systemPercent: 95 }))
  }
  expect(controller.store.getState().warning).toMatchObject({ relief: 'largePictures' })
  for (let second = 0; second < 120; second += 2) {
    clock.advance(2_000)
    machine.measure(createFigures({ systemPercent: 20 }))
  }
  expect(relief.relief).toBe('none')
})

test('a call begins as the test before joining says, and comes back from it while all is well', async () => {
  effects.setState({ background: { choice: 'blur', state: 'on' } })
  controller.setStart({
    uplinkBps: null,
    sends: '360p',
    receives: '360p',
    reason: 'bandwidth',
    carriesBackground: false,
  })
  expect(relief).toEqual({ relief: 'simple', reason: 'beginning' })
  call.setState(live(person('Ada')), true)
  controller.showTile('Ada', large)
  expect(sentTo('Ada')?.shortSide).toBe(360)
  expect(sent.at(-1)).toBe('Ada 360')
  effects.setState({ keepsBackground: true })
  expect(relief.relief).toBe('none')
  for (let round = 0; round < 15; round += 1) {
    statistics.readings = [createReading('Ada', { atMs: clock.now() })]
    await clock.advanceAsync(2_000)
  }
  expect(sentTo('Ada')?.shortSide).toBe(480)
  expect(sent.at(-1)).toBe('Ada 720')
})

describe('the machine', () => {
  test('is measured while the call lasts', () => {
    expect(machine.isWatched()).toBe(false)
    call.setState(live(person('Ada')), true)
    expect(machine.isWatched()).toBe(true)
    call.setState({ kind: 'ended', roomId: room.id, roomName: room.name, reason: 'left' }, true)
    expect(machine.isWatched()).toBe(false)
  })

  test('locked, shows nobody, whatever the window says', () => {
    call.setState(live(person('Ada')), true)
    controller.showTile('Ada', large)
    machine.change('locked')
    controller.setWindowVisible(true)
    clock.advance(1_000)
    expect(sent.at(-1)).toBe('Ada hidden')
    expect(screensSeen).toEqual([])
    machine.change('unlocked')
    expect(sent.at(-1)).toBe('Ada 720')
    expect(screensSeen).toEqual(['Ada'])
  })

  test('a warning goes away when the load falls', () => {
    call.setState(live(person('Ada')), true)
    for (let second = 0; second < 14; second += 2) {
      clock.advance(2_000)
      machine.measure(createFigures({ systemPercent: 92 }))
    }
    expect(controller.store.getState().warning).not.toBeNull()
    clock.advance(2_000)
    machine.measure(createFigures({ systemPercent: 30 }))
    expect(controller.store.getState().warning).toBeNull()
  })
})

describe('what the person chooses', () => {
  test('holds at once, for the camera too, and before there is anybody', () => {
    expect(shaped.at(-1)).toEqual({ width: 640, height: 480, frameRate: 24 })
    call.setState(live(person('Ada')), true)
    controller.choose('360p')
    expect(sentTo('Ada')).toMatchObject({ shortSide: 360 })
    expect(controller.store.getState().choice).toBe('360p')
    clock.advance(12_000)
    controller.setWindowVisible(true)
    expect(shaped.at(-1)).toEqual({ width: 640, height: 360, frameRate: 24 })
  })

  test('is said again once the camera has another size: what is sent is a part of that', async () => {
    call.setState(live(person('Ada')), true)
    controller.choose('dataSaver')
    await clock.advanceAsync(12_000)
    expect(shaped.at(-1)).toMatchObject({ height: 360 })
    const before = setCount
    finishShaping()
    await Promise.resolve()
    expect(setCount).toBe(before + 1)
    expect(sentTo('Ada')?.shortSide).toBe(180)
  })

  test('sound only turns the camera off; who turns it on again has chosen otherwise', () => {
    call.setState(live(person('Ada')), true)
    controller.choose('audioOnly')
    expect(media.getState().camera.kind).toBe('off')
    expect(sentTo('Ada')?.isActive).toBe(false)
    media.setState({ camera: { kind: 'starting', isLate: false } })
    media.setState({ camera: cameraOn })
    expect(controller.store.getState().choice).toBe('auto')
    expect(sentTo('Ada')?.isActive).toBe(true)
  })
})

test.each(['reconnecting', 'failed'] as const)('nothing is sent to somebody whose link is %s', (link) => {
  call.setState(live(person('Ada'), person('Chloe', { link })), true)
  expect(said.map(({ linkId, video }) => [linkId, video.isActive])).toEqual([
    ['Ada', true],
    ['Chloe', false],
  ])
  call.setState(live(person('Ada'), person('Chloe')), true)
  expect(said.map(({ video }) => video.isActive)).toEqual([true, true])
})

test('nothing is sent to a media server that is being reached again', () => {
  const onServer = live(person('Ada', { path: 'sfu' }))
  call.setState({ ...onServer, mediaServer: 'reconnecting' }, true)
  expect(said).toMatchObject([{ linkId: 'sfu', video: { isActive: false } }])
  call.setState({ ...onServer, mediaServer: 'connected' }, true)
  expect(said).toMatchObject([{ linkId: 'sfu', video: { isActive: true } }])
})
