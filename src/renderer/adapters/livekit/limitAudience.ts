import { type Room, RoomEvent, Track } from 'livekit-client'
import type { Audience } from './sfuTracks.ts'

/**
 * Has the server give our picture and our screen to nobody who is not to see us; sound goes to all. While there is nobody like that,
 * everybody gets everything, and who comes need not wait for our word. The answer ends it.
 */
export function limitAudience(room: Room, audience: Audience): () => void {
  let isLimited = false

  function tell(): void {
    const people = [...room.remoteParticipants.values()].map(({ identity }) => identity)
    const isAnybodyShutOut = people.some((identity) => !audience.seesUs(identity))
    if (!isAnybodyShutOut && !isLimited) return
    isLimited = isAnybodyShutOut
    if (!isAnybodyShutOut) return room.localParticipant.setTrackSubscriptionPermissions(true)
    const sounds = [...room.localParticipant.trackPublications.values()]
      .filter(({ kind }) => kind === Track.Kind.Audio)
      .map(({ trackSid }) => trackSid)
    room.localParticipant.setTrackSubscriptionPermissions(
      false,
      people.map((participantIdentity) =>
        audience.seesUs(participantIdentity)
          ? { participantIdentity, allowAll: true }
          : { participantIdentity, allowAll: false, allowedTrackSids: sounds },
      ),
    )
  }

  room
    .on(RoomEvent.Connected, tell)
    .on(RoomEvent.Reconnected, tell)
    .on(RoomEvent.ParticipantConnected, tell)
    // What is published anew has another name.
    .on(RoomEvent.LocalTrackPublished, tell)
  return audience.subscribe(tell)
}
