import {
  type RemoteParticipant,
  type RemoteTrack,
  RemoteVideoTrack,
  type Room,
  RoomEvent,
} from 'livekit-client'
import { toMediaKind } from './roomOptions.ts'
import type { ReceivedSource, ReceivedTrack, ReceivedTracksSink } from './sfuTracks.ts'

/** What arrives in a room. */
export interface ReceivedTracks {
  /** Whose track that is: a connection id. */
  ownerOf(trackId: string): string | null
  /** Takes all away. */
  release(): void
}

/** Puts what arrives in the room into `sink`, under the connection ids that people's identities are. */
export function receiveTracks(room: Room, sink: ReceivedTracksSink): ReceivedTracks {
  const received = new Map<
    RemoteTrack,
    { readonly source: ReceivedSource; readonly track: MediaStreamTrack }
  >()

  function take(remote: RemoteTrack, participant: RemoteParticipant): void {
    const kind = toMediaKind(remote.source)
    if (kind === null || remote.receiver === undefined) return
    const source = { connectionId: participant.identity, path: 'sfu', kind } as const
    const track = remote.mediaStreamTrack
    received.set(remote, { source, track })
    sink.setRemote(source, { track, receiver: remote.receiver, attach: createAttach(remote) })
  }

  function remove(remote: RemoteTrack): void {
    const known = received.get(remote)
    received.delete(remote)
    if (known !== undefined) sink.removeRemote(known.source, known.track)
  }

  room.on(RoomEvent.TrackSubscribed, (remote, publication, participant) => {
    remote.source = publication.source
    take(remote, participant)
  })
  room.on(RoomEvent.TrackUnsubscribed, remove)

  return {
    ownerOf(trackId) {
      for (const { source, track } of received.values()) if (track.id === trackId) return source.connectionId
      return null
    },
    release() {
      for (const remote of received.keys()) remove(remote)
    },
  }
}

/** By LiveKit itself, which tells the server in which size a picture is looked at, and by how many elements. */
function createAttach(remote: RemoteTrack): ReceivedTrack['attach'] {
  if (!(remote instanceof RemoteVideoTrack)) return null
  return (element) => {
    remote.attach(element)
    // Only its own track leaves the element; what has taken its place meanwhile stays.
    return () => void remote.detach(element)
  }
}
