import { showTrack } from './showTrack.ts'
import type { RemoteTrack } from './tracks.ts'

/** A failed connection shows one frame of 2×2 pixels. */
const EMPTY_WIDTH_PX = 2
/** A path that has just been found may send one picture and then pause: so many have to come, none of them this late after the one before. */
const STEADY_PICTURES = 5
const STEADY_GAP_MS = 300
/** Slow pictures are pictures all the same, this long after the first one. */
const STEADY_PATIENCE_MS = 2_000

/**
 * Calls back once when pictures have been decoded and shown, in an element that nobody sees: a camera's when they come steadily, so that
 * nobody stands still who is shown by them from now on; a screen's with the first one, as it may have no other. In a window that
 * nobody sees nothing is shown, and so nothing waited for. The answer gives up.
 */
export function watchPictures(
  remote: RemoteTrack,
  kind: 'camera' | 'screen',
  onArrived: () => void,
): () => void {
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
  let count = 0
  let lastMs = 0
  let patience: ReturnType<typeof setTimeout> | null = null
  function stop(): void {
    if (patience !== null) clearTimeout(patience)
    document.removeEventListener('visibilitychange', handleVisibility)
    element.cancelVideoFrameCallback(callback)
    detach()
    element.srcObject = null
    element.remove()
  }
  const look: VideoFrameRequestCallback = (nowMs, frame) => {
    callback = element.requestVideoFrameCallback(look)
    if (frame.width <= EMPTY_WIDTH_PX) return
    count = nowMs - lastMs <= STEADY_GAP_MS ? count + 1 : 1
    lastMs = nowMs
    if (kind === 'screen' || count >= STEADY_PICTURES) finish()
    else patience ??= setTimeout(finish, STEADY_PATIENCE_MS)
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
  if (document.hidden) {
    queueMicrotask(() => {
      // Given up meanwhile, it is not in the page any more.
      if (element.isConnected) handleVisibility()
    })
  }
  return stop
}
