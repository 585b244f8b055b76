import type { MediaSink, MediaSource } from '../../controllers/contracts.ts'
import type { TrackBoard } from './tracks.ts'

/** Shows pictures in elements. Sound is not theirs: every element is muted. */
export function createMediaSink(board: TrackBoard): MediaSink {
  return {
    attachVideo(element, source) {
      element.muted = true
      element.autoplay = true
      element.playsInline = true
      const show = (): void => showTrack(element, currentTrack(board, source))
      show()
      const unsubscribe =
        source.kind === 'local'
          ? board.subscribe((kind) => {
              if (kind === 'video') show()
            })
          : board.subscribeToRemote((connectionId) => {
              if (connectionId === source.connectionId) show()
            })
      return () => {
        unsubscribe()
        showTrack(element, null)
      }
    },
  }
}

function currentTrack(board: TrackBoard, source: MediaSource): MediaStreamTrack | null {
  return source.kind === 'local' ? board.current('video') : (board.remote(source.connectionId)?.video ?? null)
}

function showTrack(element: HTMLVideoElement, track: MediaStreamTrack | null): void {
  if (track === null) {
    element.srcObject = null
    return
  }
  const shown = element.srcObject instanceof MediaStream ? element.srcObject.getVideoTracks()[0] : undefined
  if (shown === track) return
  element.srcObject = new MediaStream([track])
  // Interrupted by the next picture, or refused before a click: `autoplay` starts it then.
  element.play().catch(() => undefined)
}
