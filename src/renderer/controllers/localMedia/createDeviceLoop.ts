import type { CapturedDevice, CaptureKind, CapturePort } from '../../core/ports/capture.ts'
import type { CaptureFailure, CaptureState } from '../../core/ports/localMedia.ts'

/** Keeps one device as it is wanted. Wishes that come while it works are taken up afterwards; only the latest counts. */
export interface DeviceLoop {
  /** Off is at once. Resolves when the device is as last wanted, or cannot be. */
  want(on: boolean): Promise<void>
  /** Another device, or null for the default; one that runs is replaced without a gap. */
  choose(deviceId: string | null): Promise<void>
  /** The device that runs. */
  current(): CapturedDevice | null
}

export function createDeviceLoop(deps: {
  readonly kind: CaptureKind
  readonly capture: CapturePort
  readonly deviceId: string | null
  readonly onState: (state: CaptureState) => void
  /** Before others see or hear anything of it. */
  readonly onOpened: (device: CapturedDevice) => void
}): DeviceLoop {
  const { kind, capture } = deps
  let wanted = { on: false, deviceId: deps.deviceId }
  let running: { readonly device: CapturedDevice; readonly requestedId: string | null } | null = null
  let failure: CaptureFailure | null = null
  let isWorking = false
  let work: Promise<void> = Promise.resolve()

  function release(): void {
    if (running === null) return
    capture.publish(kind, null)
    running.device.close()
    running = null
  }

  function isSettled(): boolean {
    return wanted.on ? running?.requestedId === wanted.deviceId : running === null
  }

  function handleLost(device: CapturedDevice): void {
    if (running?.device !== device) return
    release()
    // Whatever else there is takes its place.
    void reconcile()
  }

  function handleFailure(requestedId: string | null, reason: CaptureFailure): void {
    if (running === null) {
      failure = reason
      wanted = { ...wanted, on: false }
    } else {
      // The device from before goes on.
      running = { ...running, requestedId }
    }
  }

  async function open(requestedId: string | null): Promise<void> {
    if (running === null) deps.onState({ kind: 'starting' })
    const opened = await capture.open(kind, requestedId)
    const isStale = !wanted.on || wanted.deviceId !== requestedId
    if (!opened.ok) {
      if (!isStale) handleFailure(requestedId, opened.error)
      return
    }
    const device = opened.value
    if (isStale) return device.close()
    deps.onOpened(device)
    device.onLost(() => handleLost(device))
    const before = running
    running = { device, requestedId }
    capture.publish(kind, device)
    before?.device.close()
  }

  function selectState(): CaptureState {
    if (running !== null) {
      return { kind: 'on', deviceId: running.device.deviceId, label: running.device.label }
    }
    return failure === null ? { kind: 'off' } : { kind: 'unavailable', reason: failure }
  }

  async function run(): Promise<void> {
    isWorking = true
    while (!isSettled()) await open(wanted.deviceId)
    isWorking = false
    deps.onState(selectState())
  }

  function reconcile(): Promise<void> {
    if (!isWorking) work = run()
    return work
  }

  return {
    want(on) {
      wanted = { ...wanted, on }
      failure = null
      if (!on) release()
      return reconcile()
    },
    choose(deviceId) {
      wanted = { ...wanted, deviceId }
      return reconcile()
    },
    current: () => running?.device ?? null,
  }
}
