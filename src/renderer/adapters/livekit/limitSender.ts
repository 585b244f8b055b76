/** The part of a sender that limiting needs. */
type LimitedSender = Pick<RTCRtpSender, 'getParameters' | 'setParameters'>

/** Gives what is sent no more bits and frames than this, from now on, and leaves its size and whether it is sent alone. */
export async function limitSender(
  sender: LimitedSender,
  limit: { readonly maxBitrate: number; readonly maxFramerate?: number },
): Promise<void> {
  const { maxBitrate, maxFramerate } = limit
  const parameters = sender.getParameters()
  const isSaid = parameters.encodings.every(
    (known) =>
      known.maxBitrate === maxBitrate && (maxFramerate === undefined || known.maxFramerate === maxFramerate),
  )
  if (isSaid) return
  parameters.encodings = parameters.encodings.map((known) => ({ ...known, ...limit }))
  // Refused while the connection closes, or where LiveKit sets something in the same moment: every plan asks again.
  await sender.setParameters(parameters).catch(() => undefined)
}
