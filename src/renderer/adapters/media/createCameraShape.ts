import type { CaptureProfile } from '../../core/quality/qualityPlan.ts'

/** The part of a track that shaping needs. */
export type ShapedTrack = Pick<MediaStreamTrack, 'applyConstraints'>

/** Keeps the camera that runs in the size that is wanted, whichever comes first. */
export interface CameraShape {
  profile(): CaptureProfile
  /** Resolves when the camera is as wanted last, or cannot be. Never rejects. */
  shape(profile: CaptureProfile): Promise<void>
  /** The camera that runs from now on; it may have been opened before the latest wish. */
  follow(track: ShapedTrack | null): void
}

/** `ideal`, so that no camera is refused for being another. */
export function toVideoConstraints(profile: CaptureProfile): MediaTrackConstraints {
  return {
    width: { ideal: profile.width },
    height: { ideal: profile.height },
    frameRate: { ideal: profile.frameRate, max: profile.frameRate },
  }
}

/** `first` is what cameras are opened with. */
export function createCameraShape(first: CaptureProfile): CameraShape {
  let wanted = first
  let running: { readonly track: ShapedTrack; readonly profile: CaptureProfile } | null = null
  let isWorking = false
  let work: Promise<void> = Promise.resolve()

  async function run(): Promise<void> {
    isWorking = true
    while (running !== null && !isSame(running.profile, wanted)) {
      const { track } = running
      const profile = wanted
      // Also when it refuses: it goes on as it is, and is not asked for the same again.
      running = { track, profile }
      await track.applyConstraints(toVideoConstraints(profile)).catch(() => undefined)
    }
    isWorking = false
  }

  function reconcile(): Promise<void> {
    if (!isWorking) work = run()
    return work
  }

  return {
    profile: () => wanted,
    shape(profile) {
      wanted = profile
      return reconcile()
    },
    follow(track) {
      if (track === running?.track) return
      // Opened for whatever was wanted then; asking for the same again costs nothing.
      running = track === null ? null : { track, profile: { width: 0, height: 0, frameRate: 0 } }
      void reconcile()
    },
  }
}

function isSame(a: CaptureProfile, b: CaptureProfile): boolean {
  return a.width === b.width && a.height === b.height && a.frameRate === b.frameRate
}
