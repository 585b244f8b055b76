/**
 * Shows a track in an element in place of what is there. The stream stays the same one: with another the element would begin
 * anew, and be empty until its first picture.
 */
export function showTrack(element: HTMLMediaElement, track: MediaStreamTrack | null): void {
  if (track === null) {
    element.srcObject = null
    return
  }
  const stream = element.srcObject instanceof MediaStream ? element.srcObject : null
  if (stream === null) {
    element.srcObject = new MediaStream([track])
  } else if (!stream.getTracks().includes(track)) {
    for (const before of stream.getTracks()) stream.removeTrack(before)
    stream.addTrack(track)
  }
  // Interrupted by the next picture, or refused before a click: `autoplay` starts it then.
  element.play().catch(() => undefined)
}
