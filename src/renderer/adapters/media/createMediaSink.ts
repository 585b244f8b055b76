import type { MediaSink, MediaSource } from '../../controllers/contracts.ts'
import { showTrack } from './showTrack.ts'
import type { RemoteTrack, TrackBoard } from './tracks.ts'

/** Shows pictures in elements. Sound is not theirs: every element is muted. */
export function createMediaSink(board: TrackBoard): MediaSink {
  return {
    attachVideo(element, source) {
      element.muted = true
      element.autoplay = true
      element.playsInline = true
      return source.kind === 'local' ? followLocal(board, element) : followRemote(board, element, source)
    },
  }
}

function followLocal(board: TrackBoard, element: HTMLVideoElement): () => void {
  const show = (): void => showTrack(element, board.current('camera'))
  show()
  const unsubscribe = board.subscribe((kind) => {
    if (kind === 'camera') show()
  })
  return () => {
    unsubscribe()
    showTrack(element, null)
  }
}

function followRemote(
  board: TrackBoard,
  element: HTMLVideoElement,
  { connectionId, picture }: Extract<MediaSource, { kind: 'remote' }>,
): () => void {
  let attached: { readonly remote: RemoteTrack; readonly detach: () => void } | null = null

  function show(): void {
    const path = board.shownPath(connectionId)
    const remote = path === null ? null : board.remote({ connectionId, path, kind: picture })
    if (attached?.remote === remote) return
    const before = attached
    attached = remote === null ? null : { remote, detach: attach(element, remote) }
    // Only now: the last picture stays until the next one takes its place.
    before?.detach()
    if (remote === null) showTrack(element, null)
  }

  show()
  const unsubscribe = [
    board.subscribeToShown((changed) => {
      if (changed === connectionId) show()
    }),
    board.subscribeToRemote((source) => {
      if (source.connectionId === connectionId && source.kind === picture) show()
    }),
  ]
  return () => {
    for (const end of unsubscribe) end()
    attached?.detach()
    attached = null
    showTrack(element, null)
  }
}

function attach(element: HTMLVideoElement, remote: RemoteTrack): () => void {
  if (remote.attach !== null) return remote.attach(element)
  showTrack(element, remote.track)
  return () => undefined
}
