import type { CapturedDevice, CaptureKind, CapturePort } from '../../core/ports/capture.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { CaptureFailure, CaptureState } from '../../core/ports/localMedia.ts'
import { openInTime } from './openInTime.ts'

/** Keeps one device as it is wanted. Wishes that come while it works are taken up afterwards; only the latest counts. */
export interface DeviceLoop {
  /** Off is at once. Resolves when the device is as last wanted, cannot be, or is late. */
  want(on: boolean): Promise<void>
  /** Another device, or null for the default; one that runs is replaced without a gap. */
  choose(deviceId: string | null): Promise<void>
  /** The device that runs. */
  current(): CapturedDevice | null
}

type Opened = Awaited<ReturnType<CapturePort['open']>>

export function createDeviceLoop(deps: {
  readonly kind: CaptureKind
  readonly capture: CapturePort
  readonly clock: Pick<Clock, 'schedule'>
  readonly deviceId: string | null
  readonly onState: (state: CaptureState) => void
  /** Before others see or hear anything of it. */
  readonly onOpened: (device: CapturedDevice) => void
}): DeviceLoop {
  const { kind, capture } = deps
  let wanted = { on: false, deviceId: deps.deviceId }
  let running: { readonly device: CapturedDevice; readonly requestedId: string | null } | null = null
  /** A device that nobody waits for any more, and that is taken all the same when it comes. */
  let late: { readonly requestedId: string | null } | null = null
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
    if (!wanted.on) return running === null
    return running?.requestedId === wanted.deviceId || late?.requestedId === wanted.deviceId
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
    late = null
    if (running === null) deps.onState({ kind: 'starting', isLate: false })
    const isWanted = (): boolean => wanted.on && wanted.deviceId === requestedId
    const device = { kind, capture, clock: deps.clock, requestedId, isWanted }
    const answer = await openInTime(device)
    if (answer.kind === 'inTime') return take(requestedId, answer.opened)
    const attempt = { requestedId }
    // Otherwise another wish has come meanwhile: that one is opened next, and this one closed when it comes.
    if (isWanted()) late = attempt
    void takeLate(attempt, answer.opened)
  }

  async function takeLate(attempt: NonNullable<typeof late>, opening: Promise<Opened>): Promise<void> {
    const opened = await opening
    if (late !== attempt) {
      if (opened.ok) opened.value.close()
      return
    }
    late = null
    take(attempt.requestedId, opened)
    if (!isWorking) deps.onState(selectState())
  }

  function take(requestedId: string | null, opened: Opened): void {
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
    if (late !== null) return { kind: 'starting', isLate: true }
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
      if (!on) {
        // Who turns it on again has it tried anew.
        late = null
        release()
      }
      return reconcile()
    },
    choose(deviceId) {
      wanted = { ...wanted, deviceId }
      return reconcile()
    },
    current: () => running?.device ?? null,
  }
}
