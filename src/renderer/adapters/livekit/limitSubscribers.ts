import { ConnectionState, type Room, RoomEvent, Track } from 'livekit-client'
import type { Audience } from './sfuTracks.ts'

/** The part of LiveKit's room that this needs. */
export type LimitedRoom = Pick<Room, 'state' | 'on'> & {
  readonly localParticipant: Pick<
    Room['localParticipant'],
    'trackPublications' | 'setTrackSubscriptionPermissions'
  >
}

/** Who may get what we send over the server. */
export interface SubscriberLimit {
  /** The connection ids of those in the room, from now on. */
  setReceivers(connectionIds: readonly string[]): void
  /** Nothing is told to the server any more. */
  end(): void
}

/**
 * Has the server give what we send to those in the room, and of it our picture and our screen to nobody who is not to see us. In one place,
 * as each word to the server replaces the one before.
 * SECURITY: the server cannot take a token back, so that somebody who was removed may come again with theirs: whoever is not named gets nothing.
 */
export function limitSubscribers(
  room: LimitedRoom,
  audience: Audience,
  firstReceivers: readonly string[],
): SubscriberLimit {
  let receivers = firstReceivers
  let said: string | null = null

  function tell(): void {
    // Before there is a connection it would be sent to nobody.
    if (room.state === ConnectionState.Disconnected) return
    const { localParticipant } = room
    const sounds = [...localParticipant.trackPublications.values()]
      .filter(({ kind }) => kind === Track.Kind.Audio)
      .map(({ trackSid }) => trackSid)
    const permissions = receivers.map((participantIdentity) =>
      audience.seesUs(participantIdentity)
        ? { participantIdentity, allowAll: true }
        : { participantIdentity, allowAll: false, allowedTrackSids: sounds },
    )
    const words = JSON.stringify(permissions)
    if (words === said) return
    said = words
    localParticipant.setTrackSubscriptionPermissions(false, permissions)
  }

  /** To a server that has heard nothing of it yet. */
  function tellAnew(): void {
    said = null
    tell()
  }

  room
    .on(RoomEvent.SignalConnected, tellAnew)
    .on(RoomEvent.Reconnected, tellAnew)
    // What is published anew has another name.
    .on(RoomEvent.LocalTrackPublished, tell)
  const unsubscribe = audience.subscribe(tell)

  return {
    setReceivers(connectionIds) {
      receivers = connectionIds
      tell()
    },
    end: unsubscribe,
  }
}
