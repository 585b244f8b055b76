import { fitPicture } from '../../core/effects/fitPicture.ts'
import { PICTURE_MAX_PIXELS, readPictureHeader } from '../../core/effects/readPictureHeader.ts'
import { err, ok } from '../../../shared/result.ts'
import type { TakenPicture } from './workerMessages.ts'

/*
 * Takes one picture, away from the window: a photo takes some tenths of a second to be decoded and made smaller.
 */

const KEPT_TYPE = 'image/webp'
const KEPT_QUALITY = 0.9

/** What is kept is drawn anew: pixels alone go along, nothing of where and when a photo was taken. */
async function take(file: ArrayBuffer): Promise<TakenPicture> {
  const header = readPictureHeader(new Uint8Array(file))
  if (header === null) return err({ kind: 'notAPicture' })
  if (header.width * header.height > PICTURE_MAX_PIXELS) return err({ kind: 'tooLarge' })
  try {
    const source = new Blob([file], { type: `image/${header.format}` })
    // As it is meant to be seen: a phone's photo lies on its side, and says so.
    const picture = await createImageBitmap(source, { imageOrientation: 'from-image' })
    const { width, height } = fitPicture(picture)
    const canvas = new OffscreenCanvas(width, height)
    // Without an alpha channel: what is behind the person is never to be seen through it.
    const context = canvas.getContext('2d', { alpha: false })
    if (context === null) return err({ kind: 'unreadable' })
    context.imageSmoothingQuality = 'high'
    context.drawImage(picture, 0, 0, width, height)
    picture.close()
    return ok(await canvas.convertToBlob({ type: KEPT_TYPE, quality: KEPT_QUALITY }))
  } catch {
    return err({ kind: 'unreadable' })
  }
}

async function answer(file: ArrayBuffer): Promise<void> {
  globalThis.postMessage(await take(file))
}

globalThis.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => void answer(data))
