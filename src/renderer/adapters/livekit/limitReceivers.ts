import { type Room, RoomEvent, Track } from 'livekit-client'
import { planReceivers } from './planReceivers.ts'
import type { Audience } from './sfuTracks.ts'

/** Who receives what we send over one session. */
export interface ReceiverLimit {
  setReceivers(connectionIds: readonly string[]): void
  release(): void
}

/**
 * Has the server give what we send to nobody but `receivers`, and our picture and our screen to nobody who is not to see us.
 * SECURITY: the server cannot take a token back, so that somebody who was removed may come again with theirs.
 *
 * Said with every connection, before anything is published over it: the server begins each of them by giving everything to everybody. By
 * itself livekit-client says the latest list again when it reconnects, also before it publishes anew.
 */
export function limitReceivers(room: Room, receivers: readonly string[], audience: Audience): ReceiverLimit {
  let current = receivers

  function tell(): void {
    const soundSids = [...room.localParticipant.trackPublications.values()]
      .filter(({ kind }) => kind === Track.Kind.Audio)
      .map(({ trackSid }) => trackSid)
    const permissions = planReceivers(current, (connectionId) => audience.seesUs(connectionId), soundSids)
    room.localParticipant.setTrackSubscriptionPermissions(false, [...permissions])
  }

  function tellOfNewSound(): void {
    // What is published anew has another name, which matters where the names are listed.
    if (current.some((connectionId) => !audience.seesUs(connectionId))) tell()
  }

  room.on(RoomEvent.SignalConnected, tell).on(RoomEvent.LocalTrackPublished, tellOfNewSound)
  const stopListening = audience.subscribe(tell)
  return {
    setReceivers(connectionIds) {
      current = connectionIds
      tell()
    },
    release: stopListening,
  }
}
