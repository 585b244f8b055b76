/** What was seen of a film. */
export interface PlayedFilm {
  readonly width: number
  readonly height: number
  readonly playedMs: number
  /** Share of the last picture that has a colour: names, initials and what is between people have none. */
  readonly colouredRatio: number
}

/**
 * Plays a film in a page to its end, as any player would: without a length in it, to the last picture. Names nothing outside itself, so
 * that it can be handed over to a page that does not have this file.
 */
export async function playFilm(film: Blob): Promise<PlayedFilm> {
  const element = document.createElement('video')
  element.muted = true
  element.src = URL.createObjectURL(film)
  const ended = new Promise<void>((resolve, reject) => {
    element.addEventListener('ended', () => resolve())
    element.addEventListener('error', () => reject(new Error(element.error?.message ?? 'not playable')))
  })
  await element.play()
  element.playbackRate = 4
  await ended
  const canvas = new OffscreenCanvas(64, 36)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no canvas')
  context.drawImage(element, 0, 0, 64, 36)
  const { data } = context.getImageData(0, 0, 64, 36)
  const coloured = Array.from({ length: 64 * 36 }, (_, index) => {
    const channels = data.subarray(4 * index, 4 * index + 3)
    return Math.max(...channels) - Math.min(...channels) > 40
  })
  URL.revokeObjectURL(element.src)
  return {
    width: element.videoWidth,
    height: element.videoHeight,
    playedMs: element.currentTime * 1_000,
    colouredRatio: coloured.filter(Boolean).length / coloured.length,
  }
}
