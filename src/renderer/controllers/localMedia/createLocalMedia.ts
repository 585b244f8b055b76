import { createStore } from 'zustand/vanilla'
import type { CapturePort, PlaybackPort } from '../../core/ports/capture.ts'
import type { LocalMediaSnapshot } from '../../core/ports/localMedia.ts'
import type { LocalMediaController } from '../contracts.ts'
import { createDeviceLoop } from './createDeviceLoop.ts'

/** The controller together with its end. */
export interface LocalMedia extends LocalMediaController {
  /** Releases every device and stops listening for new ones. */
  dispose(): void
}

/** Our own camera and microphone. `chosen` is what the person chose in earlier sessions. */
export function createLocalMedia(deps: {
  readonly capture: CapturePort
  readonly playback: PlaybackPort
  readonly chosen: LocalMediaSnapshot['chosen']
  /** Called on `start`: somebody is about to join. */
  readonly onStart?: () => void
}): LocalMedia {
  const { capture, playback, chosen } = deps
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
    deviceId: chosen.cameraId,
    onState: (state) => store.setState({ camera: state }),
    onOpened: () => undefined,
  })
  const microphone = createDeviceLoop({
    kind: 'microphone',
    capture,
    deviceId: chosen.microphoneId,
    onState(state) {
      // Without a microphone there is nothing to be heard: the next "Unmute" tries again.
      store.setState(
        state.kind === 'unavailable' ? { microphone: state, isMuted: true } : { microphone: state },
      )
    },
    onOpened: (device) => device.setEnabled(!store.getState().isMuted),
  })

  async function refreshDevices(): Promise<void> {
    store.setState({ devices: await capture.listDevices() })
  }

  function choose(change: Partial<LocalMediaSnapshot['chosen']>): void {
    store.setState({ chosen: { ...store.getState().chosen, ...change } })
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
    async chooseCamera(deviceId) {
      choose({ cameraId: deviceId })
      await camera.choose(deviceId)
    },
    async chooseMicrophone(deviceId) {
      choose({ microphoneId: deviceId })
      await microphone.choose(deviceId)
    },
    async chooseSpeaker(deviceId) {
      choose({ speakerId: deviceId })
      await playback.setSpeaker(deviceId)
    },
    playTestSound: () => playback.playTestSound(),
    subscribeToLevel: (listener) => capture.subscribeToLevel(listener),
    stop,
    dispose() {
      unsubscribe()
      stop()
    },
  }
}
