import type { Picture } from './picture.ts'
import type { CaptureProfile } from './qualityPlan.ts'
import { THREE_LAYERS_FROM_PX } from './simulcast.ts'

/** Each change makes the picture jump, so a smaller one must be enough for a while first. */
const SHRINK_PATIENCE_MS = 10_000

/** The profile in use, and one that would do since when. */
export interface CaptureChoice {
  readonly profile: CaptureProfile
  readonly smaller: { readonly profile: CaptureProfile; readonly sinceMs: number } | null
}

/**
 * The camera's profile for the largest picture that may be sent. Links make it smaller by scaling, which costs little and keeps what is in
 * the picture; the camera itself follows only what people choose and the machine can do. `isLayered`: it goes to the media server as well, in
 * three layers where more than the two small ones are wanted.
 */
export function selectCaptureProfile(cap: Picture, largestSent: number, isLayered: boolean): CaptureProfile {
  const { framerate } = cap
  if (cap.shortSide <= 360) return { width: 640, height: 360, frameRate: framerate }
  if (cap.shortSide <= 480 || largestSent <= 480) {
    const frameRate = Math.min(framerate, 24)
    const needsThree = isLayered && largestSent > 360
    return needsThree
      ? { width: THREE_LAYERS_FROM_PX, height: (THREE_LAYERS_FROM_PX * 3) / 4, frameRate }
      : { width: 640, height: 480, frameRate }
  }
  return { width: 1280, height: 720, frameRate: framerate }
}

/** Larger at once, smaller after a while. */
export function followCapture(
  choice: CaptureChoice | null,
  wanted: CaptureProfile,
  nowMs: number,
): CaptureChoice {
  if (choice === null || isSame(choice.profile, wanted)) return { profile: wanted, smaller: null }
  if (cost(wanted) > cost(choice.profile)) return { profile: wanted, smaller: null }
  const isStill = choice.smaller !== null && isSame(choice.smaller.profile, wanted)
  const sinceMs = isStill && choice.smaller !== null ? choice.smaller.sinceMs : nowMs
  return nowMs - sinceMs >= SHRINK_PATIENCE_MS
    ? { profile: wanted, smaller: null }
    : { profile: choice.profile, smaller: { profile: wanted, sinceMs } }
}

function cost({ width, height, frameRate }: CaptureProfile): number {
  return width * height * frameRate
}

function isSame(a: CaptureProfile, b: CaptureProfile): boolean {
  return a.width === b.width && a.height === b.height && a.frameRate === b.frameRate
}
