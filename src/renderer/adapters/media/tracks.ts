/** Kinds of media as tracks name them. */
export type TrackKind = 'audio' | 'video'

/** Our own tracks as they are sent at the moment; null sends nothing. */
export interface LocalTracks {
  current(kind: TrackKind): MediaStreamTrack | null
  /** Calls back after each change; the answer ends it. */
  subscribe(listener: (kind: TrackKind) => void): () => void
}

/** What arrives from one person. Both exist from the start and go silent or dark by themselves. */
export interface RemotePair {
  readonly audio: MediaStreamTrack
  readonly video: MediaStreamTrack
}

/** Tracks of ours and of everybody else, for elements to show and peers to send. Change is told, never polled. */
export interface TrackBoard extends LocalTracks {
  setLocal(kind: TrackKind, track: MediaStreamTrack | null): void
  /** Replaces what was there for this connection. */
  set(connectionId: string, tracks: RemotePair): void
  /** Removes the pair if it is still the one that was set. */
  remove(connectionId: string, tracks: RemotePair): void
  remote(connectionId: string): RemotePair | null
  /** Calls back with a connection whose tracks came, changed or went; the answer ends it. */
  subscribeToRemote(listener: (connectionId: string) => void): () => void
}

export function createTrackBoard(): TrackBoard {
  const local: Record<TrackKind, MediaStreamTrack | null> = { audio: null, video: null }
  const remotes = new Map<string, RemotePair>()
  const localListeners = new Set<(kind: TrackKind) => void>()
  const remoteListeners = new Set<(connectionId: string) => void>()

  function tellRemote(connectionId: string): void {
    for (const listener of remoteListeners) listener(connectionId)
  }

  return {
    current: (kind) => local[kind],
    setLocal(kind, track) {
      if (local[kind] === track) return
      local[kind] = track
      for (const listener of localListeners) listener(kind)
    },
    subscribe(listener) {
      localListeners.add(listener)
      return () => localListeners.delete(listener)
    },
    remote: (connectionId) => remotes.get(connectionId) ?? null,
    set(connectionId, tracks) {
      remotes.set(connectionId, tracks)
      tellRemote(connectionId)
    },
    remove(connectionId, tracks) {
      if (remotes.get(connectionId) !== tracks) return
      remotes.delete(connectionId)
      tellRemote(connectionId)
    },
    subscribeToRemote(listener) {
      remoteListeners.add(listener)
      return () => remoteListeners.delete(listener)
    },
  }
}
