import type { ScreenEncoding } from '../../core/quality/screenEncoding.ts'

/** The part of a sender that limiting needs. */
type LimitedSender = Pick<RTCRtpSender, 'getParameters' | 'setParameters'>

/** Gives a shared screen no more bits and frames than this, from now on, and leaves its size alone. Whether anybody looks is LiveKit's to know. */
export async function limitScreen(sender: LimitedSender, allowed: ScreenEncoding): Promise<void> {
  if (!allowed.isActive) return
  const { maxBitrateBps: maxBitrate, framerate: maxFramerate } = allowed
  const parameters = sender.getParameters()
  const isSaid = parameters.encodings.every(
    (known) => known.maxBitrate === maxBitrate && known.maxFramerate === maxFramerate,
  )
  if (isSaid) return
  parameters.encodings = parameters.encodings.map((known) => ({ ...known, maxBitrate, maxFramerate }))
  // Refused while the connection closes, or where LiveKit sets something in the same moment: every plan asks again.
  await sender.setParameters(parameters).catch(() => undefined)
}
