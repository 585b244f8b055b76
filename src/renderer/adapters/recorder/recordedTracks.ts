import type { MediaKind, MediaPath } from '../../core/ports/mediaRoutes.ts'
import type { RecordedPerson } from '../../core/ports/recorder.ts'

/** The tracks of a call, as far as a recorder looks at them. */
export interface RecordedTracks {
  /** Ours. */
  current(kind: MediaKind): MediaStreamTrack | null
  remote(source: {
    readonly connectionId: string
    readonly path: MediaPath
    readonly kind: MediaKind
  }): RecordedTrack | null
  shownPath(connectionId: string): MediaPath | null
  subscribe(listener: () => void): () => void
  subscribeToRemote(listener: () => void): () => void
  subscribeToShown(listener: () => void): () => void
}

/** `attach`: how the media server is told that a picture is wanted; null where nobody need be told. */
export interface RecordedTrack {
  readonly track: MediaStreamTrack
  readonly attach: ((element: HTMLVideoElement) => () => void) | null
}

/** Names a stream of pictures or a voice. */
export function keyOf(connectionId: string | null, kind: MediaKind): string {
  return `${kind}:${connectionId ?? ''}`
}

function trackOf(tracks: RecordedTracks, connectionId: string | null, kind: MediaKind): RecordedTrack | null {
  if (connectionId === null) {
    const track = tracks.current(kind)
    return track === null ? null : { track, attach: null }
  }
  const path = tracks.shownPath(connectionId)
  return path === null ? null : tracks.remote({ connectionId, path, kind })
}

/**
 * The tracks of these people by their keys.
 * SECURITY: the one place where the recorder gets at anybody's track: of who is not in the list there is none.
 */
export function selectTracks(
  tracks: RecordedTracks,
  people: readonly RecordedPerson[],
  kinds: 'pictures' | 'voices',
): ReadonlyMap<string, RecordedTrack> {
  const found = new Map<string, RecordedTrack>()
  for (const { connectionId, hasCamera, hasScreen } of people) {
    const wanted: readonly MediaKind[] =
      kinds === 'voices'
        ? ['microphone', 'screenAudio']
        : [...(hasCamera ? (['camera'] as const) : []), ...(hasScreen ? (['screen'] as const) : [])]
    for (const kind of wanted) {
      const track = trackOf(tracks, connectionId, kind)
      if (track !== null && track.track.readyState === 'live') found.set(keyOf(connectionId, kind), track)
    }
  }
  return found
}
