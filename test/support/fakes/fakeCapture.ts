import type { CapturedDevice, CaptureKind, CapturePort } from '../../../src/renderer/core/ports/capture.ts'
import type { CaptureFailure, DeviceList } from '../../../src/renderer/core/ports/localMedia.ts'
import type { CaptureProfile } from '../../../src/renderer/core/quality/qualityPlan.ts'
import { err, ok, type Result } from '../../../src/shared/result.ts'

/** A device that a test opened. */
export interface FakeDevice extends CapturedDevice {
  readonly kind: CaptureKind
  isEnabled: boolean
  isOpen: boolean
  /** As when it is unplugged. */
  lose(): void
}

/** Devices without hardware. Opening waits for nothing unless `hold` says so. */
export interface FakeCapture extends CapturePort {
  readonly opened: FakeDevice[]
  /** What cameras were asked for, in order. */
  readonly shaped: CaptureProfile[]
  readonly published: Record<CaptureKind, CapturedDevice | null>
  /** Set to make opening fail. */
  readonly failure: Record<CaptureKind, CaptureFailure | null>
  /** Set while the person is asked for a device. */
  readonly asks: Record<CaptureKind, boolean>
  /** From now on opening waits; the answer lets everything that waits go on. */
  hold(): () => void
  /** As when devices are plugged in or out: these are there from now on. */
  plug(devices: Partial<DeviceList>): void
}

export function createFakeCapture(devices?: Partial<DeviceList>): FakeCapture {
  const opened: FakeDevice[] = []
  const published: FakeCapture['published'] = { camera: null, microphone: null }
  const shaped: CaptureProfile[] = []
  const failure: FakeCapture['failure'] = { camera: null, microphone: null }
  const asks: FakeCapture['asks'] = { camera: false, microphone: false }
  const listeners = new Set<() => void>()
  let present: DeviceList = { cameras: [], microphones: [], speakers: [], ...devices }
  let gate: Promise<void> = Promise.resolve()

  async function open(
    kind: CaptureKind,
    deviceId: string | null,
  ): Promise<Result<CapturedDevice, CaptureFailure>> {
    await gate
    const reason = failure[kind]
    if (reason !== null) return err(reason)
    const device = createFakeDevice(kind, deviceId ?? `default ${kind}`)
    opened.push(device)
    return ok(device)
  }

  return {
    opened,
    shaped,
    published,
    failure,
    asks,
    open,
    isAsking: (kind) => Promise.resolve(asks[kind]),
    shapeCamera(profile) {
      shaped.push(profile)
      return Promise.resolve()
    },
    publish(kind, device) {
      published[kind] = device
    },
    listDevices: () => Promise.resolve(present),
    subscribeToDevices(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    plug(plugged) {
      present = { ...present, ...plugged }
      for (const listener of listeners) listener()
    },
    subscribeToLevel: () => () => undefined,
    hold() {
      let release = (): void => undefined
      gate = new Promise((resolve) => {
        release = resolve
      })
      return () => release()
    },
  }
}

function createFakeDevice(kind: CaptureKind, deviceId: string): FakeDevice {
  let handleLost: (() => void) | null = null
  return {
    kind,
    deviceId,
    label: deviceId,
    isEnabled: kind === 'camera',
    isOpen: true,
    setEnabled(enabled) {
      this.isEnabled = enabled
    },
    onLost(listener) {
      handleLost = listener
    },
    close() {
      this.isOpen = false
      handleLost = null
    },
    lose() {
      this.isOpen = false
      handleLost?.()
    },
  }
}
