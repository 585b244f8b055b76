/** The part of a sender that limiting needs. */
type LimitedSender = Pick<RTCRtpSender, 'getParameters' | 'setParameters'>

/** Gives a voice no more than this, from now on. */
export async function limitVoice(sender: LimitedSender, maxBitrateBps: number): Promise<void> {
  const parameters = sender.getParameters()
  if (parameters.encodings.every(({ maxBitrate }) => maxBitrate === maxBitrateBps)) return
  parameters.encodings = parameters.encodings.map((known) => ({ ...known, maxBitrate: maxBitrateBps }))
  // Refused while the connection closes, or where LiveKit sets something in the same moment: every plan asks again.
  await sender.setParameters(parameters).catch(() => undefined)
}
