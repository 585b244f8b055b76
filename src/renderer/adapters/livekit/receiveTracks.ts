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
import type {
  ReceivedSource,
  ReceivedTrack,
  ReceivedTracksSink,
  WantedPictures,
  WantedSounds,
} from './sfuTracks.ts'

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
  /** Asks for no more of it than is wanted by now. Screens come in the size of the elements that show them. */
  readonly limit: () => void
}

/** Puts what arrives in the room into `sink`, under the connection ids that people's identities are, and asks for no more of it than is wanted. */
export function receiveTracks(
  room: Room,
  sink: ReceivedTracksSink,
  wanted: WantedPictures,
  sounds: WantedSounds,
): ReceivedTracks {
  const received = new Map<RemoteTrack, Received>()

  function createLimit(
    { kind, connectionId }: ReceivedSource,
    publication: RemoteTrackPublication,
  ): () => void {
    if (kind === 'screen') return () => undefined
    if (kind === 'camera') {
      const limit = createPictureLimit(publication)
      return () => limit(wanted.current(connectionId))
    }
    // The server sends nothing of it, and nothing is negotiated, which leaving the track would take.
    return () => publication.setEnabled(sounds.isWanted(connectionId))
  }

  function take(
    remote: RemoteTrack,
    publication: RemoteTrackPublication,
    participant: RemoteParticipant,
  ): void {
    const kind = toMediaKind(remote.source)
    if (kind === null || remote.receiver === undefined) return
    const source = { connectionId: participant.identity, path: 'sfu', kind } as const
    const track = remote.mediaStreamTrack
    const limit = createLimit(source, publication)
    received.set(remote, { source, track, limit })
    limit()
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
  const limitAll = (): void => {
    for (const { limit } of received.values()) limit()
  }
  const unsubscribe = [wanted.subscribe(limitAll), sounds.subscribe(limitAll)]

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
      for (const end of unsubscribe) end()
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
