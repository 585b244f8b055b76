import { AUDIO_FULL_BPS } from '../../core/quality/linkLevel.ts'
import { selectScaleDown } from '../../core/quality/picture.ts'
import { planScreen } from '../../core/quality/screenEncoding.ts'
import type { LinkEncoding } from '../../core/quality/qualityPlan.ts'
import type { LineKind } from './peerTracks.ts'

/** Until the first plan is made: 640×480@24 of a talking head needs about 500 kbit/s in VP8. */
const FIRST_VIDEO: RTCRtpEncodingParameters = { active: true, maxBitrate: 600_000, maxFramerate: 24 }

const FIRST_SCREEN = planScreen({ content: 'text', isSeen: true, levelIndex: 5, machineFramerate: 5 })

/** The sound of a film or a lecture: one channel, as without `stereo=1` in the description (RFC 7587, 6.1). */
const SCREEN_AUDIO: RTCRtpEncodingParameters = {
  maxBitrate: 64_000,
  priority: 'high',
  networkPriority: 'high',
}

/** What a line is to send, in WebRTC's words (W3C WebRTC, 5.2.7). `track` is the one being sent: its size decides on the scale. */
export function toSenderParameters(
  kind: LineKind,
  encoding: LinkEncoding | null,
  track: Pick<MediaStreamTrack, 'getSettings'> | null,
): RTCRtpEncodingParameters {
  if (kind === 'audio') {
    const maxBitrate = encoding?.audio.maxBitrateBps ?? AUDIO_FULL_BPS
    return { maxBitrate, priority: 'high', networkPriority: 'high' }
  }
  if (kind === 'screenAudio') return SCREEN_AUDIO
  if (kind === 'screen') return toScreenParameters(encoding)
  if (encoding === null) return FIRST_VIDEO
  const { isActive, maxBitrateBps, framerate, shortSide } = encoding.video
  // What it was allowed before may stand: nothing of it is sent.
  if (!isActive) return { active: false }
  const { width, height } = track?.getSettings() ?? {}
  const scale =
    width && height ? { scaleResolutionDownBy: selectScaleDown(shortSide, { width, height }) } : {}
  return { active: true, maxBitrate: maxBitrateBps, maxFramerate: framerate, ...scale }
}

/** In full size or not at all. Before the first plan: a page that is read. */
function toScreenParameters(encoding: LinkEncoding | null): RTCRtpEncodingParameters {
  const { isActive, maxBitrateBps, framerate } = encoding?.screen ?? FIRST_SCREEN
  return isActive
    ? { active: true, maxBitrate: maxBitrateBps, maxFramerate: framerate, scaleResolutionDownBy: 1 }
    : { active: false }
}
