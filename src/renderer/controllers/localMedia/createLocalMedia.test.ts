import { describe, expect, test, vi } from 'vitest'
import { createFakeCapture, type FakeCapture } from '../../../../test/support/fakes/fakeCapture.ts'
import { createFakeClock, type FakeClock } from '../../../../test/support/fakes/fakeClock.ts'
import { createLocalMedia, type LocalMedia } from './createLocalMedia.ts'

function setUp(
  remembered: Pick<Parameters<typeof createLocalMedia>[0], 'chosen'> & { cameras?: readonly string[] } = {
    chosen: { cameraId: null, microphoneId: null, speakerId: null },
  },
): { capture: FakeCapture; media: LocalMedia; speakers: (string | null)[]; clock: FakeClock } {
  const capture = createFakeCapture()
  const clock = createFakeClock()
  const speakers: (string | null)[] = []
  const media = createLocalMedia({
    capture,
    playback: {
      setSpeaker: (deviceId) => {
        speakers.push(deviceId)
        return Promise.resolve()
      },
      playSound: () => Promise.resolve(),
    },
    clock,
    chosen: remembered.chosen,
    order: () => ({ cameras: remembered.cameras ?? [], microphones: [], speakers: [] }),
  })
  return { capture, media, speakers, clock }
}

const openDevices = (capture: FakeCapture): readonly string[] =>
  capture.opened.filter((device) => device.isOpen).map((device) => device.deviceId)

test('what is not wanted is not opened', async () => {
  const { capture, media } = setUp()
  await media.start({ camera: false, microphone: false })
  expect(capture.opened).toEqual([])
  expect(media.store.getState()).toMatchObject({
    camera: { kind: 'off' },
    microphone: { kind: 'off' },
    isMuted: true,
  })
})

test('a microphone opens with the first unmuting; muting again only silences it', async () => {
  const { capture, media } = setUp()
  await media.setMuted(false)
  const [microphone] = capture.opened
  expect(microphone).toMatchObject({ isEnabled: true, isOpen: true })
  await media.setMuted(true)
  expect(microphone).toMatchObject({ isEnabled: false, isOpen: true })
  await media.setMuted(false)
  expect(capture.opened).toHaveLength(1)
})

test('muting while the microphone opens leaves it silent', async () => {
  const { capture, media } = setUp()
  const release = capture.hold()
  const unmuting = media.setMuted(false)
  await media.setMuted(true)
  release()
  await unmuting
  expect(capture.opened[0]).toMatchObject({ isEnabled: false })
  expect(media.store.getState().isMuted).toBe(true)
})

test('a camera that failed does not keep the microphone from running', async () => {
  const { capture, media } = setUp()
  capture.failure.camera = 'denied'
  await media.start({ camera: true, microphone: true })
  expect(media.store.getState()).toMatchObject({
    camera: { kind: 'unavailable', reason: 'denied' },
    microphone: { kind: 'on' },
    isMuted: false,
  })
})

test('without a microphone nobody is unmuted, and the next try asks again', async () => {
  const { capture, media } = setUp()
  capture.failure.microphone = 'missing'
  await media.setMuted(false)
  expect(media.store.getState()).toMatchObject({
    microphone: { kind: 'unavailable', reason: 'missing' },
    isMuted: true,
  })
  capture.failure.microphone = null
  await media.setMuted(false)
  expect(media.store.getState()).toMatchObject({ microphone: { kind: 'on' }, isMuted: false })
})

test('off releases the camera, and it comes on again', async () => {
  const { capture, media } = setUp()
  await media.setCameraOn(true)
  await media.setCameraOn(false)
  expect(openDevices(capture)).toEqual([])
  expect(capture.published.camera).toBeNull()
  expect(media.store.getState().camera).toEqual({ kind: 'off' })
  await media.setCameraOn(true)
  expect(openDevices(capture)).toEqual(['default camera'])
})

test('on, off and on again while it opens ends with one camera', async () => {
  const { capture, media } = setUp()
  const release = capture.hold()
  const wishes = [media.setCameraOn(true), media.setCameraOn(false), media.setCameraOn(true)]
  release()
  await Promise.all(wishes)
  expect(openDevices(capture)).toEqual(['default camera'])
  expect(media.store.getState().camera).toMatchObject({ kind: 'on' })
})

test('a camera that was turned off while it opened is never shown to anybody', async () => {
  const { capture, media } = setUp()
  const release = capture.hold()
  const wishes = [media.setCameraOn(true), media.setCameraOn(false)]
  release()
  await Promise.all(wishes)
  expect(openDevices(capture)).toEqual([])
  expect(capture.published.camera).toBeNull()
  expect(media.store.getState().camera).toEqual({ kind: 'off' })
})

test('another camera chosen while the first opens is the one that stays', async () => {
  const { capture, media } = setUp()
  const release = capture.hold()
  const wishes = [media.setCameraOn(true), media.chooseCamera('desk')]
  release()
  await Promise.all(wishes)
  expect(openDevices(capture)).toEqual(['desk'])
  expect(capture.published.camera).toMatchObject({ deviceId: 'desk' })
})

test('another camera that cannot be had leaves the one that runs', async () => {
  const { capture, media } = setUp()
  await media.setCameraOn(true)
  capture.failure.camera = 'busy'
  await media.chooseCamera('desk')
  expect(media.store.getState().camera).toMatchObject({ kind: 'on', deviceId: 'default camera' })
  expect(openDevices(capture)).toEqual(['default camera'])
})

test('choosing a camera does not turn it on', async () => {
  const { capture, media } = setUp()
  await media.chooseCamera('desk')
  expect(capture.opened).toEqual([])
  expect(media.store.getState().chosen.cameraId).toBe('desk')
})

test('a camera that is unplugged is replaced by another, or said to be missing', async () => {
  const { capture, media } = setUp()
  await media.setCameraOn(true)
  capture.opened[0]?.lose()
  await media.setCameraOn(true)
  expect(capture.opened).toHaveLength(2)
  expect(media.store.getState().camera).toMatchObject({ kind: 'on' })
  capture.failure.camera = 'missing'
  const missing = new Promise<void>((resolve) => {
    media.store.subscribe(({ camera }) => camera.kind === 'unavailable' && resolve())
  })
  capture.opened[1]?.lose()
  await missing
  expect(capture.published.camera).toBeNull()
})

test('the end releases everything', async () => {
  const { capture, media } = setUp()
  await media.start({ camera: true, microphone: true })
  media.stop()
  expect(openDevices(capture)).toEqual([])
  expect(capture.published).toEqual({ camera: null, microphone: null })
})

describe('devices that were chosen before', () => {
  const listed = (...ids: readonly string[]) => ids.map((deviceId) => ({ deviceId, label: deviceId }))
  const remembered = {
    chosen: { cameraId: 'desk', microphoneId: null, speakerId: 'headset' },
    cameras: ['desk', 'door'],
  }

  test('take the place of one that is missing, and give it back when it returns', async () => {
    const { capture, media } = setUp(remembered)
    capture.plug({ cameras: listed('lid', 'door') })
    await media.start({ camera: true, microphone: false })
    expect(openDevices(capture)).toEqual(['door'])
    capture.plug({ cameras: listed('lid', 'door', 'desk') })
    await vi.waitFor(() => expect(openDevices(capture)).toEqual(['desk']))
    expect(capture.published.camera).toMatchObject({ deviceId: 'desk' })
    expect(media.store.getState().chosen.cameraId).toBe('desk')
  })

  test('are not opened by coming back while the camera is off', async () => {
    const { capture, media } = setUp(remembered)
    await media.start({ camera: false, microphone: false })
    capture.plug({ cameras: listed('desk') })
    await media.setMuted(true)
    expect(capture.opened).toEqual([])
  })

  test('voices move to the default while the chosen speaker is away', async () => {
    const { capture, speakers } = setUp(remembered)
    capture.plug({ speakers: listed('built-in') })
    await vi.waitFor(() => expect(speakers).toEqual(['headset', null]))
    capture.plug({ speakers: listed('built-in', 'headset') })
    await vi.waitFor(() => expect(speakers).toEqual(['headset', null, 'headset']))
  })
})

describe('a device that hangs', () => {
  const camera = (media: LocalMedia) => media.store.getState().camera

  test('is said to be late within 2 s, nothing waits for it any more, and it is taken when it comes', async () => {
    const { capture, media, clock } = setUp()
    const release = capture.hold()
    const started = media.start({ camera: true, microphone: false })
    await clock.advanceAsync(1_700)
    expect(camera(media)).toEqual({ kind: 'starting', isLate: false })
    await clock.advanceAsync(200)
    await started
    expect(camera(media)).toEqual({ kind: 'starting', isLate: true })
    release()
    await vi.waitFor(() => expect(camera(media)).toMatchObject({ kind: 'on' }))
    expect(capture.published.camera).toMatchObject({ deviceId: 'default camera' })
    expect(clock.pendingCount()).toBe(0)
  })

  test.each([0, 1, 2, 3, 4])(
    'is taken where it comes in the moment in which it is late (%i)',
    async (turns) => {
      const { capture, media, clock } = setUp()
      const release = capture.hold()
      const started = media.start({ camera: true, microphone: false })
      release()
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
      clock.advance(1_800)
      await started
      await vi.waitFor(() => expect(camera(media)).toMatchObject({ kind: 'on' }))
    },
  )

  test('may fail late, and can be tried again', async () => {
    const { capture, media, clock } = setUp()
    const release = capture.hold()
    const wish = media.setMuted(false)
    await clock.advanceAsync(2_000)
    await wish
    capture.failure.microphone = 'busy'
    release()
    await vi.waitFor(() =>
      expect(media.store.getState()).toMatchObject({
        microphone: { kind: 'unavailable', reason: 'busy' },
        isMuted: true,
      }),
    )
    capture.failure.microphone = null
    await media.setMuted(false)
    expect(media.store.getState().microphone).toMatchObject({ kind: 'on' })
  })

  test('is not late while the person is asked for it', async () => {
    const { capture, media, clock } = setUp()
    capture.asks.camera = true
    capture.hold()
    void media.setCameraOn(true)
    await clock.advanceAsync(60_000)
    expect(camera(media)).toEqual({ kind: 'starting', isLate: false })
    capture.asks.camera = false
    await clock.advanceAsync(2_000)
    expect(camera(media)).toEqual({ kind: 'starting', isLate: true })
  })

  test('is given up for another one, and for none; what comes of it later is closed', async () => {
    const { capture, media, clock } = setUp()
    const releaseFirst = capture.hold()
    const wish = media.setCameraOn(true)
    await clock.advanceAsync(2_000)
    await wish
    const releaseSecond = capture.hold()
    const choice = media.chooseCamera('desk')
    releaseSecond()
    await choice
    expect(camera(media)).toMatchObject({ kind: 'on', deviceId: 'desk' })
    await media.setCameraOn(false)
    releaseFirst()
    await vi.waitFor(() => expect(capture.opened).toHaveLength(2))
    await clock.advanceAsync(0)
    expect(openDevices(capture)).toEqual([])
    expect(camera(media)).toEqual({ kind: 'off' })
  })

  test('leaves the one that runs where it was to take its place', async () => {
    const { capture, media, clock } = setUp()
    await media.setCameraOn(true)
    const release = capture.hold()
    const choice = media.chooseCamera('desk')
    await clock.advanceAsync(2_000)
    await choice
    expect(camera(media)).toMatchObject({ kind: 'on', deviceId: 'default camera' })
    release()
    await vi.waitFor(() => expect(openDevices(capture)).toEqual(['desk']))
    expect(camera(media)).toMatchObject({ kind: 'on', deviceId: 'desk' })
  })
})
