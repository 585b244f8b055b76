import { showTrack } from './showTrack.ts'
import type { RemoteTrack } from './tracks.ts'

/** A failed connection shows one frame of 2×2 pixels. */
const EMPTY_WIDTH_PX = 2

/**
 * Calls back once when the first picture has been decoded and shown, in an element that nobody sees. In a window that nobody sees
 * nothing is shown, and so nothing waited for. The answer gives up.
 */
export function watchPictures(remote: RemoteTrack, onArrived: () => void): () => void {
  const element = document.createElement('video')
  element.muted = true
  element.autoplay = true
  element.playsInline = true
  element.ariaHidden = 'true'
  // In the page and in sight, as far as the browser knows: what is not is not drawn, and the media server sends it to nobody.
  Object.assign(element.style, {
    position: 'fixed',
    insetBlockStart: '0',
    insetInlineStart: '0',
    inlineSize: '4px',
    blockSize: '4px',
    opacity: '0',
    pointerEvents: 'none',
  })
  document.body.append(element)
  let detach: () => void = () => undefined
  if (remote.attach === null) showTrack(element, remote.track)
  else detach = remote.attach(element)

  let callback = 0
  function stop(): void {
    document.removeEventListener('visibilitychange', handleVisibility)
    element.cancelVideoFrameCallback(callback)
    detach()
    element.srcObject = null
    element.remove()
  }
  const look: VideoFrameRequestCallback = (_now, frame) => {
    if (frame.width <= EMPTY_WIDTH_PX) {
      callback = element.requestVideoFrameCallback(look)
      return
    }
    finish()
  }
  function finish(): void {
    onArrived()
    // Not before whoever shows it from now on has taken it over: without anybody looking, it would be stopped.
    stop()
  }
  function handleVisibility(): void {
    if (document.hidden) finish()
  }
  callback = element.requestVideoFrameCallback(look)
  document.addEventListener('visibilitychange', handleVisibility)
  if (document.hidden) queueMicrotask(handleVisibility)
  return stop
}
