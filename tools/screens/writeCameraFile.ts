import { writeFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { drawPortrait, PORTRAIT_HEIGHT_PX, PORTRAIT_WIDTH_PX } from './portrait.ts'
import type { Portrait } from './portrait.ts'

const FRAME_COUNT = 12
const FRAMES_PER_SECOND = 12

/**
 * Writes a portrait as a YUV4MPEG2 file, which Chromium takes for a camera with
 * `--use-file-for-fake-video-capture` and plays round and round.
 */
export async function writeCameraFile(browser: Browser, portrait: Portrait, path: string): Promise<void> {
  const page = await browser.newPage()
  const header = `YUV4MPEG2 W${PORTRAIT_WIDTH_PX} H${PORTRAIT_HEIGHT_PX} F${FRAMES_PER_SECOND}:1 Ip A1:1 C420jpeg\n`
  const parts: Buffer[] = [Buffer.from(header)]
  for (let index = 0; index < FRAME_COUNT; index += 1) {
    const pixels = await rasterize(page, drawPortrait(portrait, index / FRAME_COUNT))
    parts.push(Buffer.from('FRAME\n'), toI420(pixels, PORTRAIT_WIDTH_PX, PORTRAIT_HEIGHT_PX))
  }
  await page.close()
  await writeFile(path, Buffer.concat(parts))
}

/** The picture's RGBA bytes. */
async function rasterize(page: Awaited<ReturnType<Browser['newPage']>>, svg: string): Promise<Uint8Array> {
  const base64 = await page.evaluate(
    async ({ source, width, height }) => {
      const image = new Image(width, height)
      image.src = `data:image/svg+xml;base64,${btoa(source)}`
      await image.decode()
      const canvas = new OffscreenCanvas(width, height)
      const context = canvas.getContext('2d')
      if (context === null) throw new Error('No canvas')
      context.drawImage(image, 0, 0)
      const bytes = context.getImageData(0, 0, width, height).data
      let text = ''
      for (let at = 0; at < bytes.length; at += 8_192)
        text += String.fromCharCode(...bytes.subarray(at, at + 8_192))
      return btoa(text)
    },
    { source: svg, width: PORTRAIT_WIDTH_PX, height: PORTRAIT_HEIGHT_PX },
  )
  return Buffer.from(base64, 'base64')
}

/** RGBA to planar YUV 4:2:0, BT.601 full range (ITU-R BT.601, JFIF). `width` and `height` are even. */
function toI420(rgba: Uint8Array, width: number, height: number): Buffer {
  const lumaSize = width * height
  const planes = Buffer.alloc(lumaSize + lumaSize / 2)
  const at = (x: number, y: number, channel: number): number => rgba[(y * width + x) * 4 + channel] ?? 0
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      planes[y * width + x] = 0.299 * at(x, y, 0) + 0.587 * at(x, y, 1) + 0.114 * at(x, y, 2)
    }
  }
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      const [red, green, blue] = [at(x, y, 0), at(x, y, 1), at(x, y, 2)]
      const index = (y / 2) * (width / 2) + x / 2
      planes[lumaSize + index] = 128 - 0.168736 * red - 0.331264 * green + 0.5 * blue
      planes[lumaSize + lumaSize / 4 + index] = 128 + 0.5 * red - 0.418688 * green - 0.081312 * blue
    }
  }
  return planes
}
