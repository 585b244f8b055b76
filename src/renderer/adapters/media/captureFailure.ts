import type { CaptureFailure } from '../../core/ports/localMedia.ts'
import type { ScreenFailure } from '../../core/ports/screenShare.ts'

/** Translates what `getUserMedia` rejects with (W3C Media Capture and Streams, 10.2). */
export function toCaptureFailure(error: unknown): CaptureFailure {
  switch (nameOf(error)) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing'
    case 'NotReadableError':
    case 'AbortError':
      return 'busy'
    default:
      return 'failed'
  }
}

/**
 * Translates what `getDisplayMedia` rejects with (W3C Screen Capture, 5.1). A person who says no and a system that does are told apart by
 * words alone, which Chromium has for the latter.
 */
export function toScreenFailure(error: unknown): ScreenFailure {
  switch (nameOf(error)) {
    case 'NotAllowedError':
    case 'AbortError':
      return /system/iu.test(messageOf(error)) ? 'denied' : 'cancelled'
    case 'NotFoundError':
      return 'missing'
    default:
      return 'failed'
  }
}

/** Whether the device that was asked for is not there, so that another may be tried. */
export function isDeviceGone(error: unknown): boolean {
  return nameOf(error) === 'OverconstrainedError' || nameOf(error) === 'NotFoundError'
}

function nameOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : ''
}

function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : ''
}
