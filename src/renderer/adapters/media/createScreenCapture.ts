import { err, ok } from '../../../shared/result.ts'
import type { CapturedScreen, ScreenCapturePort, SharedSound } from '../../core/ports/screenShare.ts'
import { SCREEN_FRAMERATES, SCREEN_MAX_SIZE, type ScreenContent } from '../../core/quality/screenEncoding.ts'
import { toScreenFailure } from './captureFailure.ts'
import type { TrackBoard } from './tracks.ts'

interface ScreenTracks {
  readonly video: MediaStreamTrack
  readonly audio: MediaStreamTrack | null
}

/** What TypeScript's DOM does not know yet (W3C Screen Capture, 5.4). */
interface OwnAudioSettings {
  readonly restrictOwnAudio?: boolean
}

/** Screens and windows by `getDisplayMedia`, in at most 1080p and as many frames as their content needs. */
export function createScreenCapture(board: TrackBoard): ScreenCapturePort {
  const tracksOf = new WeakMap<CapturedScreen, ScreenTracks>()
  return {
    async open({ content, withSound }) {
      try {
        const stream = await navigator.mediaDevices.getDisplayMedia(toConstraints(content, withSound))
        const [video] = stream.getVideoTracks()
        if (video === undefined) throw new DOMException('no track', 'NotFoundError')
        video.contentHint = content === 'text' ? 'detail' : 'motion'
        const { sound, audio } = takeSound(stream, withSound)
        const screen = toScreen({ video, audio }, sound)
        tracksOf.set(screen, { video, audio })
        return ok(screen)
      } catch (error) {
        return err(toScreenFailure(error))
      }
    },
    publish(screen) {
      const tracks = screen === null ? undefined : tracksOf.get(screen)
      board.setLocal('screen', tracks?.video ?? null)
      board.setLocal('screenAudio', tracks?.audio ?? null)
    },
  }
}

function toConstraints(content: ScreenContent, withSound: boolean): DisplayMediaStreamOptions {
  const framerate = SCREEN_FRAMERATES[content]
  // None of what is done to a microphone: it is no voice in a room. What the app itself plays stays out.
  const audio: MediaTrackConstraints & OwnAudioSettings = {
    restrictOwnAudio: true,
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: false,
  }
  return {
    video: {
      width: { max: SCREEN_MAX_SIZE.width },
      height: { max: SCREEN_MAX_SIZE.height },
      frameRate: { ideal: framerate, max: framerate },
    },
    audio: withSound ? audio : false,
  }
}

/**
 * SECURITY: everybody would hear themselves, and each other twice, if what we play of the call went out again. A browser may take the
 * wish and ignore it; what it says of the track is what it does, and a sound of which it does not say so is stopped.
 */
function takeSound(
  stream: MediaStream,
  withSound: boolean,
): { readonly sound: SharedSound; readonly audio: MediaStreamTrack | null } {
  const [audio] = stream.getAudioTracks()
  if (audio === undefined) return { sound: 'none', audio: null }
  const settings: MediaTrackSettings & OwnAudioSettings = audio.getSettings()
  if (withSound && settings.restrictOwnAudio === true) {
    audio.contentHint = 'music'
    return { sound: 'shared', audio }
  }
  audio.stop()
  return { sound: withSound ? 'refused' : 'none', audio: null }
}

function toScreen({ video, audio }: ScreenTracks, sound: SharedSound): CapturedScreen {
  let handleEnded: (() => void) | null = null
  return {
    sound,
    onEnded(listener) {
      if (handleEnded !== null) video.removeEventListener('ended', handleEnded)
      handleEnded = listener
      video.addEventListener('ended', listener)
    },
    close() {
      if (handleEnded !== null) video.removeEventListener('ended', handleEnded)
      handleEnded = null
      video.stop()
      audio?.stop()
    },
  }
}
