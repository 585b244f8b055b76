import type { TrackSource } from 'livekit-server-sdk'
import type { MediaSource } from './mediaRoom.ts'

/** LiveKit's numbers for what somebody may send. The SDK is given because it is loaded only where it is needed. */
export function trackSources({
  TrackSource: source,
}: {
  readonly TrackSource: typeof TrackSource
}): Readonly<Record<MediaSource, TrackSource>> {
  return {
    microphone: source.MICROPHONE,
    camera: source.CAMERA,
    screen_share: source.SCREEN_SHARE,
    screen_share_audio: source.SCREEN_SHARE_AUDIO,
  }
}
