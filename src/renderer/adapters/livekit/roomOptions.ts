import {
  AudioPresets,
  type ReconnectPolicy,
  type RoomOptions,
  Track,
  type TrackPublishOptions,
  type VideoEncoding,
  VideoPresets,
} from 'livekit-client'
import type { MediaKind } from '../../core/ports/mediaRoutes.ts'
import { TOP_LEVEL } from '../../core/quality/picture.ts'
import { planScreen, SCREEN_FRAMERATES, type ScreenContent } from '../../core/quality/screenEncoding.ts'

/**
 * A lost connection is sought again for this long with what the session has. Then a new one is made with a new token, which
 * also helps where the old one has run out.
 */
const RECONNECT_WITHIN_MS = 8_000
const RECONNECT_DELAYS_MS = [0, 300, 700, 1_500, 2_500] as const

/** At first at once, then less and less often; up to half more at random, so that people do not all come back together. */
export function createReconnectPolicy(random: () => number): ReconnectPolicy {
  return {
    nextRetryDelayInMs({ retryCount, elapsedMs }) {
      const delayMs = RECONNECT_DELAYS_MS[retryCount]
      if (delayMs === undefined || elapsedMs > RECONNECT_WITHIN_MS) return null
      // The first has nothing to be stretched: everybody who lost the server notices it in the same moment.
      return retryCount === 0 ? random() * 200 : delayMs * (1 + random() / 2)
    },
  }
}

/** `adaptiveStream`: pictures come in the size in which somebody looks at them, or not at all; `dynacast`: what nobody wants is not encoded. */
export function createRoomOptions(): RoomOptions {
  return {
    adaptiveStream: true,
    dynacast: true,
    stopLocalTrackOnUnpublish: false,
    reconnectPolicy: createReconnectPolicy(Math.random),
    publishDefaults: {
      videoCodec: 'vp8',
      backupCodec: false,
      simulcast: true,
      videoSimulcastLayers: [VideoPresets.h180, VideoPresets.h360],
      red: true,
      dtx: true,
      audioPreset: AudioPresets.speech,
      stopMicTrackOnMute: false,
    },
  }
}

/** The largest of the sizes that are sent, by what the camera gives. A talking head in VP8. */
export function selectCameraEncoding(heightPx: number): VideoEncoding {
  if (heightPx >= 720) return { maxBitrate: 1_700_000, maxFramerate: 30 }
  if (heightPx >= 360) return { maxBitrate: 600_000, maxFramerate: 24 }
  return { maxBitrate: 250_000, maxFramerate: 24 }
}

function selectScreenEncoding(content: ScreenContent): VideoEncoding {
  const { maxBitrateBps, framerate } = planScreen({
    content,
    isSeen: true,
    levelIndex: TOP_LEVEL,
    machineFramerate: SCREEN_FRAMERATES[content],
  })
  return { maxBitrate: maxBitrateBps, maxFramerate: framerate }
}

const sources: Readonly<Record<MediaKind, Track.Source>> = {
  microphone: Track.Source.Microphone,
  camera: Track.Source.Camera,
  screen: Track.Source.ScreenShare,
  screenAudio: Track.Source.ScreenShareAudio,
}

/** Null for what we never send. */
export function toMediaKind(source: Track.Source): MediaKind | null {
  switch (source) {
    case Track.Source.Microphone:
      return 'microphone'
    case Track.Source.Camera:
      return 'camera'
    case Track.Source.ScreenShare:
      return 'screen'
    case Track.Source.ScreenShareAudio:
      return 'screenAudio'
    default:
      return null
  }
}

export function createPublishOptions(kind: MediaKind, track: MediaStreamTrack): TrackPublishOptions {
  const source = sources[kind]
  switch (kind) {
    case 'microphone':
      return { source }
    case 'camera':
      return { source, videoEncoding: selectCameraEncoding(track.getSettings().height ?? 480) }
    case 'screen':
      // In full size for everybody: letters that were scaled cannot be read.
      return {
        source,
        simulcast: false,
        degradationPreference: 'maintain-resolution',
        screenShareEncoding: selectScreenEncoding(track.contentHint === 'motion' ? 'motion' : 'text'),
      }
    case 'screenAudio':
      // Music has no pauses and two channels.
      return { source, audioPreset: AudioPresets.musicStereo, dtx: false, red: false }
  }
}
