import type { Page } from 'playwright-core'

/** What a player knows of a film before it plays, and where it comes by jumping. */
export interface SoughtFilm {
  /** As soon as anything is known of it; null: it is not known. */
  readonly durationS: number | null
  readonly seekableToS: number
  readonly middle: { readonly atS: number; readonly colouredRatio: number }
}

/** Has a page's player load a film, and jump to the middle where it knows where that is. */
export async function seekFilm(page: Page, film: Buffer): Promise<SoughtFilm> {
  return await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.codePointAt(0) ?? 0)
    const element = document.createElement('video')
    element.muted = true
    const once = (event: string) =>
      new Promise<void>((resolve, reject) => {
        element.addEventListener(event, () => resolve(), { once: true })
        element.addEventListener('error', () => reject(new Error(element.error?.message)), { once: true })
      })
    const loaded = once('loadedmetadata')
    element.src = URL.createObjectURL(new Blob([bytes], { type: 'video/webm' }))
    await loaded
    const durationS = Number.isFinite(element.duration) ? element.duration : null
    if (durationS !== null) {
      const sought = once('seeked')
      element.currentTime = durationS / 2
      await sought
    }
    const canvas = new OffscreenCanvas(32, 18)
    const context = canvas.getContext('2d')
    context?.drawImage(element, 0, 0, 32, 18)
    const pixels = context?.getImageData(0, 0, 32, 18).data ?? new Uint8ClampedArray()
    const coloured = Array.from({ length: pixels.length / 4 }, (_, index) => {
      const channels = pixels.subarray(4 * index, 4 * index + 3)
      return Math.max(...channels) - Math.min(...channels) > 40
    })
    const seekableToS = element.seekable.length === 0 ? 0 : element.seekable.end(0)
    URL.revokeObjectURL(element.src)
    return {
      durationS,
      seekableToS,
      middle: {
        atS: element.currentTime,
        colouredRatio: coloured.filter(Boolean).length / Math.max(1, coloured.length),
      },
    }
  }, film.toString('base64'))
}
