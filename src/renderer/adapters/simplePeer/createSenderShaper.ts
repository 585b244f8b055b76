/** Sets what a sender sends: one change after the other, and of those that wait only the latest. */
export interface SenderShaper {
  /** `select` is asked when its turn comes, so that it sees the track of that moment. */
  shape(select: () => RTCRtpEncodingParameters): void
  /** Makes the next picture one that can be shown without those before it. Nothing where there are no pictures. */
  refresh(): void
}

/** What TypeScript does not know of yet (W3C WebRTC Extensions, 5.1). */
interface KeyFrameOptions extends RTCSetParameterOptions {
  readonly encodingOptions: readonly { readonly keyFrame: boolean }[]
}

/** The part of a sender that shaping needs. */
export type ShapedSender = Pick<RTCRtpSender, 'getParameters' | 'setParameters'>

/** What gives way first; `null` leaves it to the browser, by what the track says of its content. */
export type Preference = RTCDegradationPreference | null

export function createSenderShaper(sender: ShapedSender, preference: Preference = null): SenderShaper {
  let waiting: (() => RTCRtpEncodingParameters) | null = null
  let needsKeyFrame = false
  let isWorking = false

  async function work(): Promise<void> {
    if (isWorking) return
    isWorking = true
    while (waiting !== null || needsKeyFrame) {
      const wanted = waiting?.() ?? {}
      const withKeyFrame = needsKeyFrame
      waiting = null
      needsKeyFrame = false
      await apply(sender, wanted, { preference, withKeyFrame })
    }
    isWorking = false
  }

  return {
    shape(select) {
      waiting = select
      void work()
    },
    refresh() {
      needsKeyFrame = true
      void work()
    },
  }
}

async function apply(
  sender: ShapedSender,
  wanted: RTCRtpEncodingParameters,
  { preference, withKeyFrame }: { readonly preference: Preference; readonly withKeyFrame: boolean },
): Promise<void> {
  const parameters = sender.getParameters()
  // A callee has encodings only once the offer is in.
  const isSaid = parameters.encodings.every((known) => isSubset(wanted, known))
  const isPreferred = preference === null || parameters.degradationPreference === preference
  if (isSaid && isPreferred && !withKeyFrame) return
  if (preference !== null) parameters.degradationPreference = preference
  parameters.encodings = parameters.encodings.map((known) => ({ ...known, ...wanted }))
  // Refused only while the connection closes: what it sent before is no worse than nothing.
  const options: KeyFrameOptions = {
    encodingOptions: withKeyFrame ? parameters.encodings.map(() => ({ keyFrame: true })) : [],
  }
  await sender.setParameters(parameters, options).catch(() => undefined)
}

function isSubset(wanted: RTCRtpEncodingParameters, known: RTCRtpEncodingParameters): boolean {
  const values: Readonly<Record<string, unknown>> = { ...known }
  return Object.entries(wanted).every(([name, value]) => values[name] === value)
}
