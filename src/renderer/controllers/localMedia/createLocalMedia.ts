import { createStore } from 'zustand/vanilla'
import type { CapturePort, PlaybackPort } from '../../core/ports/capture.ts'
import { selectDevice } from '../../core/media/selectDevice.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { CaptureState, DeviceList, LocalMediaSnapshot } from '../../core/ports/localMedia.ts'
import type { LocalMediaController } from '../contracts.ts'
import { createDeviceLoop } from './createDeviceLoop.ts'

/** Devices of each kind that the person chose, the latest first. */
export type DeviceOrder = Readonly<Record<keyof DeviceList, readonly string[]>>

/** The controller together with its end. */
export interface LocalMedia extends LocalMediaController {
  /** Releases every device and stops listening for new ones. */
  dispose(): void
}

/** Our own camera and microphone. `chosen` is what the person chose in earlier sessions. */
export function createLocalMedia(deps: {
  readonly capture: CapturePort
  readonly playback: PlaybackPort
  readonly clock: Pick<Clock, 'schedule'>
  readonly chosen: LocalMediaSnapshot['chosen']
  /** What takes the place of a chosen device that is not there, the most wanted first. */
  readonly order: () => DeviceOrder
  /** Called on `start`: somebody is about to join. */
  readonly onStart?: () => void
}): LocalMedia {
  const { capture, playback, chosen, clock } = deps
  const store = createStore<LocalMediaSnapshot>(() => ({
    camera: { kind: 'off' },
    microphone: { kind: 'off' },
    isMuted: true,
    devices: { cameras: [], microphones: [], speakers: [] },
    chosen,
  }))

  const camera = createDeviceLoop({
    kind: 'camera',
    capture,
    clock,
    deviceId: chosen.cameraId,
    onState(state) {
      const before = store.getState().camera
      store.setState({ camera: state })
      refreshNames(before, state)
    },
    onOpened: () => undefined,
  })
  const microphone = createDeviceLoop({
    kind: 'microphone',
    capture,
    clock,
    deviceId: chosen.microphoneId,
    onState(state) {
      const before = store.getState().microphone
      // Without a microphone there is nothing to be heard: the next "Unmute" tries again.
      store.setState(
        state.kind === 'unavailable' ? { microphone: state, isMuted: true } : { microphone: state },
      )
      refreshNames(before, state)
    },
    onOpened: (device) => device.setEnabled(!store.getState().isMuted),
  })

  /** What came late was listed without its name, as long as nothing was allowed yet. */
  function refreshNames(before: CaptureState, now: CaptureState): void {
    if (before.kind === 'starting' && before.isLate && now.kind === 'on') void refreshDevices()
  }

  async function refreshDevices(): Promise<void> {
    store.setState({ devices: await capture.listDevices() })
    await useDevices()
  }

  /** The devices to use of those that are there: another one may have come, or gone. */
  async function useDevices(): Promise<void> {
    const { devices, chosen: wanted } = store.getState()
    const { cameras, microphones, speakers } = deps.order()
    const speakerId = selectDevice(wanted.speakerId, speakers, devices.speakers)
    if (speakerId !== usedSpeakerId) {
      usedSpeakerId = speakerId
      await playback.setSpeaker(speakerId)
    }
    await Promise.all([
      camera.choose(selectDevice(wanted.cameraId, cameras, devices.cameras)),
      microphone.choose(selectDevice(wanted.microphoneId, microphones, devices.microphones)),
    ])
  }

  function choose(change: Partial<LocalMediaSnapshot['chosen']>): Promise<void> {
    store.setState({ chosen: { ...store.getState().chosen, ...change } })
    return useDevices()
  }

  async function setMuted(muted: boolean): Promise<void> {
    store.setState({ isMuted: muted })
    microphone.current()?.setEnabled(!muted)
    if (muted) return
    await microphone.want(true)
    await refreshDevices()
  }

  async function setCameraOn(on: boolean): Promise<void> {
    await camera.want(on)
    if (on) await refreshDevices()
  }

  const unsubscribe = capture.subscribeToDevices(() => void refreshDevices())
  if (chosen.speakerId !== null) void playback.setSpeaker(chosen.speakerId)
  let usedSpeakerId = chosen.speakerId

  function stop(): void {
    store.setState({ isMuted: true })
    void camera.want(false)
    void microphone.want(false)
  }

  return {
    store,
    async start(options) {
      deps.onStart?.()
      await Promise.all([refreshDevices(), setCameraOn(options.camera), setMuted(!options.microphone)])
    },
    setCameraOn,
    setMuted,
    chooseCamera: (deviceId) => choose({ cameraId: deviceId }),
    chooseMicrophone: (deviceId) => choose({ microphoneId: deviceId }),
    chooseSpeaker: (deviceId) => choose({ speakerId: deviceId }),
    playTestSound: () => playback.playSound('test'),
    subscribeToLevel: (listener) => capture.subscribeToLevel(listener),
    stop,
    dispose() {
      unsubscribe()
      stop()
    },
  }
}
