import {
  type RemoteParticipant,
  type RemoteTrack,
  type RemoteTrackPublication,
  RemoteVideoTrack,
  type Room,
  RoomEvent,
} from 'livekit-client'
import { createPictureLimit } from './createPictureLimit.ts'
import { toMediaKind } from './roomOptions.ts'
import type { ReceivedSource, ReceivedTrack, ReceivedTracksSink, WantedPictures } from './sfuTracks.ts'

/** What arrives in a room. */
export interface ReceivedTracks {
  /** Whose track that is: a connection id. */
  ownerOf(trackId: string): string | null
  /** Whether the track is of a shared screen. */
  isScreen(trackId: string): boolean
  /** Takes all away. */
  release(): void
}

interface Received {
  readonly source: ReceivedSource
  readonly track: MediaStreamTrack
  /** Null for what comes as it is: sound; and screens, in the size of the elements that show them. */
  readonly limit: ReturnType<typeof createPictureLimit> | null
}

/** Puts what arrives in the room into `sink`, under the connection ids that people's identities are, and asks for no more of it than is wanted. */
export function receiveTracks(room: Room, sink: ReceivedTracksSink, wanted: WantedPictures): ReceivedTracks {
  const received = new Map<RemoteTrack, Received>()

  function take(
    remote: RemoteTrack,
    publication: RemoteTrackPublication,
    participant: RemoteParticipant,
  ): void {
    const kind = toMediaKind(remote.source)
    if (kind === null || remote.receiver === undefined) return
    const source = { connectionId: participant.identity, path: 'sfu', kind } as const
    const track = remote.mediaStreamTrack
    const limit = kind === 'camera' ? createPictureLimit(publication) : null
    received.set(remote, { source, track, limit })
    limit?.(wanted.current(source.connectionId))
    sink.setRemote(source, { track, receiver: remote.receiver, attach: createAttach(remote) })
  }

  function remove(remote: RemoteTrack): void {
    const known = received.get(remote)
    received.delete(remote)
    if (known !== undefined) sink.removeRemote(known.source, known.track)
  }

  room.on(RoomEvent.TrackSubscribed, (remote, publication, participant) => {
    remote.source = publication.source
    take(remote, publication, participant)
  })
  room.on(RoomEvent.TrackUnsubscribed, remove)
  const unsubscribe = wanted.subscribe(() => {
    for (const { source, limit } of received.values()) limit?.(wanted.current(source.connectionId))
  })

  function sourceOf(trackId: string): ReceivedSource | null {
    for (const { source, track } of received.values()) if (track.id === trackId) return source
    return null
  }

  return {
    ownerOf: (trackId) => sourceOf(trackId)?.connectionId ?? null,
    isScreen(trackId) {
      const kind = sourceOf(trackId)?.kind
      return kind === 'screen' || kind === 'screenAudio'
    },
    release() {
      unsubscribe()
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
