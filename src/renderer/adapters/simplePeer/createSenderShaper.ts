/** Sets what a sender sends: one change after the other, and of those that wait only the latest. */
export interface SenderShaper {
  /** `select` is asked when its turn comes, so that it sees the track of that moment. */
  shape(select: () => RTCRtpEncodingParameters): void
}

/** The part of a sender that shaping needs. */
export type ShapedSender = Pick<RTCRtpSender, 'getParameters' | 'setParameters'>

/** What gives way first; `null` leaves it to the browser, by what the track says of its content. */
export type Preference = RTCDegradationPreference | null

export function createSenderShaper(sender: ShapedSender, preference: Preference = null): SenderShaper {
  let waiting: (() => RTCRtpEncodingParameters) | null = null
  let isWorking = false

  async function work(): Promise<void> {
    isWorking = true
    for (let next = waiting; next !== null; next = waiting) {
      waiting = null
      await apply(sender, next(), preference)
    }
    isWorking = false
  }

  return {
    shape(select) {
      waiting = select
      if (!isWorking) void work()
    },
  }
}

async function apply(
  sender: ShapedSender,
  wanted: RTCRtpEncodingParameters,
  preference: Preference,
): Promise<void> {
  const parameters = sender.getParameters()
  // A callee has encodings only once the offer is in.
  const isSaid = parameters.encodings.every((known) => isSubset(wanted, known))
  if (isSaid && (preference === null || parameters.degradationPreference === preference)) return
  if (preference !== null) parameters.degradationPreference = preference
  parameters.encodings = parameters.encodings.map((known) => ({ ...known, ...wanted }))
  // Refused only while the connection closes: what it sent before is no worse than nothing.
  await sender.setParameters(parameters).catch(() => undefined)
}

function isSubset(wanted: RTCRtpEncodingParameters, known: RTCRtpEncodingParameters): boolean {
  const values: Readonly<Record<string, unknown>> = { ...known }
  return Object.entries(wanted).every(([name, value]) => values[name] === value)
}
