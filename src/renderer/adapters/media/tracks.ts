import type { MediaKind, MediaPath } from '../../core/ports/mediaRoutes.ts'

/** Our own tracks as they are to be sent at the moment; null sends nothing. */
export interface LocalTracks {
  current(kind: MediaKind): MediaStreamTrack | null
  /**
   * Whether anything of the track may be sent, however its own `enabled` stands at the moment: a library may have changed that.
   * SECURITY: what is false here must stay silent.
   */
  isEnabled(track: MediaStreamTrack): boolean
  /** Calls back after each change of a track, and after it was enabled or disabled; the answer ends it. */
  subscribe(listener: (kind: MediaKind) => void): () => void
}

/** Whose track, and by which path it comes. */
export interface RemoteSource {
  readonly connectionId: string
  readonly path: MediaPath
  readonly kind: MediaKind
}

/** A track of somebody else's. */
export interface RemoteTrack {
  readonly track: MediaStreamTrack
  readonly receiver: RTCRtpReceiver
  /** Shows it in an element, in place of what is there; the answer ends it. Null: by `srcObject`, nobody need know who looks. */
  readonly attach: ((element: HTMLVideoElement) => () => void) | null
}

/**
 * Tracks of ours and of everybody else, for elements to show and paths to send. Somebody's tracks may come by both paths at once;
 * those of one are shown. Change is told, never polled.
 */
export interface TrackBoard extends LocalTracks {
  setLocal(kind: MediaKind, track: MediaStreamTrack | null): void
  /** Enables or disables a track of ours. */
  setEnabled(track: MediaStreamTrack, isEnabled: boolean): void
  /** Replaces what was there. */
  setRemote(source: RemoteSource, remote: RemoteTrack): void
  /** Removes the track if it is still the one that was set. */
  removeRemote(source: RemoteSource, track: MediaStreamTrack): void
  remote(source: RemoteSource): RemoteTrack | null
  show(connectionId: string, path: MediaPath | null): void
  /** Null: neither seen nor heard. */
  shownPath(connectionId: string): MediaPath | null
  /** Calls back with what came or went; the answer ends it. */
  subscribeToRemote(listener: (source: RemoteSource) => void): () => void
  /** Calls back with whom another path is shown of; the answer ends it. */
  subscribeToShown(listener: (connectionId: string) => void): () => void
}

export function createTrackBoard(): TrackBoard {
  const local = new Map<MediaKind, MediaStreamTrack>()
  const disabled = new WeakSet<MediaStreamTrack>()
  const remotes = new Map<string, RemoteTrack>()
  const shown = new Map<string, MediaPath>()
  const localListeners = new Set<(kind: MediaKind) => void>()
  const remoteListeners = new Set<(source: RemoteSource) => void>()
  const shownListeners = new Set<(connectionId: string) => void>()

  const keyOf = ({ connectionId, path, kind }: RemoteSource): string => `${path}:${kind}:${connectionId}`

  function tellLocal(kind: MediaKind): void {
    for (const listener of localListeners) listener(kind)
  }

  function tellRemote(source: RemoteSource): void {
    for (const listener of remoteListeners) listener(source)
  }

  return {
    current: (kind) => local.get(kind) ?? null,
    isEnabled: (track) => !disabled.has(track),
    setLocal(kind, track) {
      if ((local.get(kind) ?? null) === track) return
      if (track === null) local.delete(kind)
      else local.set(kind, track)
      tellLocal(kind)
    },
    setEnabled(track, isEnabled) {
      if (isEnabled) disabled.delete(track)
      else disabled.add(track)
      track.enabled = isEnabled
      for (const [kind, current] of local) if (current === track) tellLocal(kind)
    },
    subscribe(listener) {
      localListeners.add(listener)
      return () => localListeners.delete(listener)
    },
    remote: (source) => remotes.get(keyOf(source)) ?? null,
    setRemote(source, remote) {
      remotes.set(keyOf(source), remote)
      tellRemote(source)
    },
    removeRemote(source, track) {
      if (remotes.get(keyOf(source))?.track !== track) return
      remotes.delete(keyOf(source))
      tellRemote(source)
    },
    show(connectionId, path) {
      if ((shown.get(connectionId) ?? null) === path) return
      if (path === null) shown.delete(connectionId)
      else shown.set(connectionId, path)
      for (const listener of shownListeners) listener(connectionId)
    },
    shownPath: (connectionId) => shown.get(connectionId) ?? null,
    subscribeToRemote(listener) {
      remoteListeners.add(listener)
      return () => remoteListeners.delete(listener)
    },
    subscribeToShown(listener) {
      shownListeners.add(listener)
      return () => shownListeners.delete(listener)
    },
  }
}
