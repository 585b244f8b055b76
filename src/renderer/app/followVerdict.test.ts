import { expect, test, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createFakeClock } from '../../../test/support/fakes/fakeClock.ts'
import { createFakeCapture } from '../../../test/support/fakes/fakeCapture.ts'
import type { ConnectionTestState } from '../controllers/contracts.ts'
import { createLocalMedia } from '../controllers/localMedia/createLocalMedia.ts'
import { type ConnectionReadings, judgeConnection } from '../core/precall/judgeConnection.ts'
import type { StartingPoint } from '../core/quality/qualityInput.ts'
import { followVerdict } from './followVerdict.ts'

function setUp() {
  const media = createLocalMedia({
    capture: createFakeCapture(),
    playback: { setSpeaker: () => Promise.resolve(), playSound: () => Promise.resolve() },
    chosen: { cameraId: null, microphoneId: null, speakerId: null },
    clock: createFakeClock(),
    order: () => ({ cameras: [], microphones: [], speakers: [] }),
  })
  const store = createStore<ConnectionTestState>(() => ({ kind: 'idle' }))
  const starts: StartingPoint[] = []
  followVerdict({ store, start: () => Promise.resolve(), cancel: () => undefined }, media, {
    setStart: (start) => starts.push(start),
  })
  const decide = (uploadBps: number, more: Partial<ConnectionReadings> = {}) => {
    const readings = {
      uploadBps,
      downloadBps: 9_000_000,
      relay: { kind: 'none' },
      deviceClass: 'strong',
      ...more,
    } as const
    store.setState({ kind: 'done', readings, verdict: judgeConnection(readings) }, true)
  }
  return { media, decide, starts, camera: () => media.store.getState().camera.kind }
}

test('a line for sound alone turns the camera off, and leaves it to who turns it on again', async () => {
  const { media, decide, camera } = setUp()
  await media.setCameraOn(true)
  decide(100_000)
  await vi.waitFor(() => expect(camera()).toBe('off'))
  await media.setCameraOn(true)
  expect(camera()).toBe('on')
})

test('a line for video leaves the camera as it is', async () => {
  const { media, decide, camera } = setUp()
  await media.setCameraOn(true)
  decide(2_000_000)
  await Promise.resolve()
  expect(camera()).toBe('on')
})

test('what the line and the machine carry is what the call begins with', () => {
  const { decide, starts } = setUp()
  decide(2_000_000, { downloadBps: 2_000_000 })
  decide(9_000_000, { relay: { kind: 'works', lossRatio: 0.05, roundTripMs: 20 }, deviceClass: 'weak' })
  expect(starts).toEqual([
    { uplinkBps: 2_000_000, sends: '480p', receives: '360p', reason: 'bandwidth', carriesBackground: true },
    { uplinkBps: 9_000_000, sends: '360p', receives: '360p', reason: 'loss', carriesBackground: false },
  ])
})
