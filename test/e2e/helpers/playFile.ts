import type { Page } from '@playwright/test'

/** What was seen of a film. */
export interface PlayedFile {
  readonly playedMs: number
  /** Share of the last picture that has a colour: names, initials and what is between people have none. */
  readonly colouredRatio: number
}

/** Plays a film to its end in a page, as any player would that gets it from the disk. */
export async function playFile(page: Page, film: Buffer): Promise<PlayedFile> {
  return await page.evaluate(async (base64) => {
    const binary = atob(base64)
    const bytes = Uint8Array.from(binary, (character) => character.codePointAt(0) ?? 0)
    const element = document.createElement('video')
    element.muted = true
    element.src = URL.createObjectURL(new Blob([bytes], { type: 'video/webm' }))
    const ended = new Promise<void>((resolve, reject) => {
      element.addEventListener('ended', () => resolve())
      element.addEventListener('error', () => reject(new Error(element.error?.message ?? 'not playable')))
    })
    await element.play()
    element.playbackRate = 4
    await ended
    const canvas = document.createElement('canvas')
    canvas.width = 64
    canvas.height = 36
    const context = canvas.getContext('2d')
    context?.drawImage(element, 0, 0, 64, 36)
    const data = context?.getImageData(0, 0, 64, 36).data ?? new Uint8ClampedArray()
    let coloured = 0
    for (let at = 0; at < data.length; at += 4) {
      const channels = data.subarray(at, at + 3)
      if (Math.max(...channels) - Math.min(...channels) > 40) coloured += 1
    }
    return { playedMs: element.currentTime * 1_000, colouredRatio: coloured / (64 * 36) }
  }, film.toString('base64'))
}
