/** What one person may receive of what we send, as LiveKit takes it. */
export interface ReceiverPermission {
  readonly participantIdentity: string
  readonly allowAll: boolean
  /** With `allowAll` false: these alone. */
  readonly allowedTrackSids?: string[]
}

/**
 * Who is to receive what we send: nobody who is not among `receivers`, and of those whom `seesUs` rules out only our sound, whose tracks
 * LiveKit knows as `soundSids`. LiveKit holds one list at a time, so that whoever sends one has to say all of it.
 */
export function planReceivers(
  receivers: readonly string[],
  seesUs: (connectionId: string) => boolean,
  soundSids: readonly string[],
): readonly ReceiverPermission[] {
  return receivers.map((participantIdentity) =>
    seesUs(participantIdentity)
      ? { participantIdentity, allowAll: true }
      : { participantIdentity, allowAll: false, allowedTrackSids: [...soundSids] },
  )
}
