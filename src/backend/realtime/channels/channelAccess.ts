/** What the policies on realtime.messages let the bearer of a token do on a topic. */
export interface ChannelAccess {
  readonly broadcastRead: boolean
  readonly broadcastWrite: boolean
  readonly presenceRead: boolean
  readonly presenceWrite: boolean
}

/** A public channel asks no policy. */
export const publicAccess: ChannelAccess = {
  broadcastRead: true,
  broadcastWrite: true,
  presenceRead: true,
  presenceWrite: true,
}
