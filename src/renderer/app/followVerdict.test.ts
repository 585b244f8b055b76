import { expect, test, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { createFakeCapture } from '../../../test/support/fakes/fakeCapture.ts'
import type { ConnectionTestState } from '../controllers/contracts.ts'
import { createLocalMedia } from '../controllers/localMedia/createLocalMedia.ts'
import { judgeConnection } from '../core/precall/judgeConnection.ts'
import { followVerdict } from './followVerdict.ts'

function setUp() {
  const media = createLocalMedia({
    capture: createFakeCapture(),
    playback: { setSpeaker: () => Promise.resolve(), playSound: () => Promise.resolve() },
    chosen: { cameraId: null, microphoneId: null, speakerId: null },
    order: () => ({ cameras: [], microphones: [], speakers: [] }),
  })
  const store = createStore<ConnectionTestState>(() => ({ kind: 'idle' }))
  followVerdict({ store, start: () => Promise.resolve(), cancel: () => undefined }, media)
  const decide = (uploadBps: number) => {
    const readings = {
      uploadBps,
      downloadBps: 9_000_000,
      relay: { kind: 'none' },
      deviceClass: 'strong',
    } as const
    store.setState({ kind: 'done', readings, verdict: judgeConnection(readings) }, true)
  }
  return { media, decide, camera: () => media.store.getState().camera.kind }
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
