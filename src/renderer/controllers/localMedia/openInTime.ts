import type { CaptureKind, CapturePort } from '../../core/ports/capture.ts'
import type { Clock } from '../../core/ports/clock.ts'

/** Nothing of a call may wait for a device for more than 2 s, words on the screen included. */
export const DEVICE_PATIENCE_MS = 1_800

type Opened = Awaited<ReturnType<CapturePort['open']>>

/**
 * Opens a device and waits for it no longer than that; null: it is late, and `onLate` gets what becomes of it. While the person is asked for
 * permission nothing is late: they may take their time. Never rejects.
 */
export function openInTime(
  device: {
    readonly kind: CaptureKind
    readonly capture: Pick<CapturePort, 'open' | 'isAsking'>
    readonly clock: Pick<Clock, 'schedule'>
    readonly requestedId: string | null
    /** A device that is not wanted any more is not waited for. */
    readonly isWanted: () => boolean
  },
  onLate: (opened: Opened) => void,
): Promise<Opened | null> {
  const { kind, capture, clock, requestedId, isWanted } = device
  return new Promise((resolve) => {
    let state: 'waiting' | 'late' | 'over' = 'waiting'
    let stopWaiting = waitOnce()

    function waitOnce(): () => void {
      return clock.schedule(DEVICE_PATIENCE_MS, () => void judge())
    }

    async function judge(): Promise<void> {
      const isAsking = isWanted() && (await capture.isAsking(kind))
      if (state !== 'waiting') return
      if (isAsking) {
        stopWaiting = waitOnce()
        return
      }
      state = 'late'
      resolve(null)
    }

    async function follow(): Promise<void> {
      const opened = await capture.open(kind, requestedId)
      stopWaiting()
      const wasLate = state === 'late'
      state = 'over'
      if (wasLate) onLate(opened)
      else resolve(opened)
    }

    void follow()
  })
}
