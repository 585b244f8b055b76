import { AUDIO_FULL_BPS } from '../../core/quality/linkLevel.ts'
import { selectScaleDown } from '../../core/quality/picture.ts'
import type { LinkEncoding } from '../../core/quality/qualityPlan.ts'
import type { TrackKind } from './peerTracks.ts'

/** Until the first plan is made: 640×480@24 of a talking head needs about 500 kbit/s in VP8. */
const FIRST_VIDEO: RTCRtpEncodingParameters = { active: true, maxBitrate: 600_000, maxFramerate: 24 }

/** What a line is to send, in WebRTC's words (W3C WebRTC, 5.2.7). `track` is the one being sent: its size decides on the scale. */
export function toSenderParameters(
  kind: TrackKind,
  encoding: LinkEncoding | null,
  track: Pick<MediaStreamTrack, 'getSettings'> | null,
): RTCRtpEncodingParameters {
  if (kind === 'audio') {
    const maxBitrate = encoding?.audio.maxBitrateBps ?? AUDIO_FULL_BPS
    return { maxBitrate, priority: 'high', networkPriority: 'high' }
  }
  if (encoding === null) return FIRST_VIDEO
  const { isActive, maxBitrateBps, framerate, shortSide } = encoding.video
  // What it was allowed before may stand: nothing of it is sent.
  if (!isActive) return { active: false }
  const { width, height } = track?.getSettings() ?? {}
  const scale =
    width && height ? { scaleResolutionDownBy: selectScaleDown(shortSide, { width, height }) } : {}
  return { active: true, maxBitrate: maxBitrateBps, maxFramerate: framerate, ...scale }
}
