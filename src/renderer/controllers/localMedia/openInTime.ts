import type { CaptureKind, CapturePort } from '../../core/ports/capture.ts'
import type { Clock } from '../../core/ports/clock.ts'

/** Nothing of a call may wait for a device for more than 2 s, words on the screen included. */
export const DEVICE_PATIENCE_MS = 1_800

type Opened = Awaited<ReturnType<CapturePort['open']>>

/** `late`: nobody waits for it any more, and `opened` tells what becomes of it. */
export type OpenedInTime =
  | { readonly kind: 'inTime'; readonly opened: Opened }
  | { readonly kind: 'late'; readonly opened: Promise<Opened> }

/**
 * Opens a device and waits for it no longer than that. While the person is asked for permission nothing is late: they may take their time.
 * Never rejects.
 */
export function openInTime(device: {
  readonly kind: CaptureKind
  readonly capture: Pick<CapturePort, 'open' | 'isAsking'>
  readonly clock: Pick<Clock, 'schedule'>
  readonly requestedId: string | null
  /** A device that is not wanted any more is not waited for. */
  readonly isWanted: () => boolean
}): Promise<OpenedInTime> {
  const { kind, capture, clock, requestedId, isWanted } = device
  return new Promise((resolve) => {
    const opening = capture.open(kind, requestedId)
    let isOpen = false
    let stopWaiting = waitOnce()

    function waitOnce(): () => void {
      return clock.schedule(DEVICE_PATIENCE_MS, () => void judge())
    }

    async function judge(): Promise<void> {
      const isAsking = isWanted() && (await capture.isAsking(kind))
      if (isOpen) return
      if (isAsking) stopWaiting = waitOnce()
      else resolve({ kind: 'late', opened: opening })
    }

    async function follow(): Promise<void> {
      const opened = await opening
      isOpen = true
      stopWaiting()
      // That it is late has been answered already, where it was.
      resolve({ kind: 'inTime', opened })
    }

    void follow()
  })
}
