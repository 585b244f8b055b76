import type { MediaArrival, MediaRoutesPort } from '../../core/ports/mediaRoutes.ts'
import { watchPictures } from './watchPictures.ts'
import { watchSound } from './watchSound.ts'
import type { RemoteSource, TrackBoard } from './tracks.ts'

/** The port together with its end. */
export interface MediaRoutes extends MediaRoutesPort {
  dispose(): void
}

/** Watches each track on the board until something of it has arrived. */
export function createMediaRoutes(board: TrackBoard): MediaRoutes {
  const listeners = new Set<(arrival: MediaArrival) => void>()
  const watched = new Map<string, () => void>()
  const arrived = new Set<string>()

  const keyOf = ({ connectionId, path, kind }: RemoteSource): string => `${path}:${kind}:${connectionId}`

  function tell(source: RemoteSource, isArriving: boolean): void {
    const { connectionId, path, kind } = source
    for (const listener of listeners) listener({ connectionId, path, kind, isArriving })
  }

  function handleRemote(source: RemoteSource): void {
    const key = keyOf(source)
    watched.get(key)?.()
    watched.delete(key)
    if (arrived.delete(key)) tell(source, false)
    const remote = board.remote(source)
    if (remote === null) return
    const handleArrived = (): void => {
      watched.delete(key)
      arrived.add(key)
      tell(source, true)
    }
    const { kind } = source
    watched.set(
      key,
      kind === 'camera' || kind === 'screen'
        ? watchPictures(remote, kind, handleArrived)
        : watchSound(remote, handleArrived),
    )
  }

  const unsubscribe = board.subscribeToRemote(handleRemote)

  return {
    show: (connectionId, path) => board.show(connectionId, path),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    dispose() {
      unsubscribe()
      for (const stop of watched.values()) stop()
      watched.clear()
    },
  }
}
