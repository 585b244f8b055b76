import { coverPicture } from '../../core/effects/fitPicture.ts'
import { SEGMENTER_SIDE_PX, type Segmenter } from './createSegmenter.ts'
import { drawScene } from './drawScene.ts'
import { steadyMask } from './steadyMask.ts'
import type { Background } from './workerMessages.ts'

/** The blurred picture is made this much smaller, and large again: cheap, and nothing can be read in it. */
const BLUR_DIVISOR = 16
const BLUR_FILTER = 'blur(1.5px)'

/** What is drawn behind the person: their own picture, or what the app draws. */
export type Backdrop = Exclude<Background, 'picture'> | ImageBitmap

/** Puts pictures together. */
export interface Composer {
  /** `segmenter` null: the whole picture is blurred, the person as well. The canvas is used again by the next call. */
  compose(frame: VideoFrame, backdrop: Backdrop, segmenter: Segmenter | null): OffscreenCanvas
}

export function createComposer(): Composer {
  const square = createSurface(SEGMENTER_SIDE_PX, SEGMENTER_SIDE_PX)
  const person = createSurface(SEGMENTER_SIDE_PX, SEGMENTER_SIDE_PX)
  const maskPixels = new ImageData(SEGMENTER_SIDE_PX, SEGMENTER_SIDE_PX)
  const alpha = new Float32Array(SEGMENTER_SIDE_PX * SEGMENTER_SIDE_PX)
  let whole = createSurface(2, 2)
  let small = createSurface(1, 1)
  let scene: { readonly of: Backdrop; readonly surface: Surface } | null = null

  function fit(width: number, height: number): void {
    if (whole.canvas.width === width && whole.canvas.height === height) return
    whole = createSurface(width, height)
    small = createSurface(Math.ceil(width / BLUR_DIVISOR), Math.ceil(height / BLUR_DIVISOR))
    scene = null
  }

  function drawBlurred(frame: VideoFrame): void {
    small.context.filter = BLUR_FILTER
    small.context.drawImage(frame, 0, 0, small.canvas.width, small.canvas.height)
    whole.context.drawImage(small.canvas, 0, 0, whole.canvas.width, whole.canvas.height)
  }

  function drawBackdrop(frame: VideoFrame, backdrop: Backdrop): void {
    if (backdrop === 'blur') return drawBlurred(frame)
    if (scene?.of !== backdrop) {
      scene = { of: backdrop, surface: createSurface(whole.canvas.width, whole.canvas.height) }
      if (backdrop instanceof ImageBitmap) drawPicture(scene.surface.context, backdrop)
      else drawScene(scene.surface.context, backdrop)
    }
    whole.context.drawImage(scene.surface.canvas, 0, 0)
  }

  return {
    compose(frame, backdrop, segmenter) {
      fit(frame.displayWidth, frame.displayHeight)
      const { canvas, context } = whole
      context.globalCompositeOperation = 'copy'
      if (segmenter === null) {
        drawBlurred(frame)
        return canvas
      }
      square.context.drawImage(frame, 0, 0, SEGMENTER_SIDE_PX, SEGMENTER_SIDE_PX)
      steadyMask(segmenter.segment(square.canvas), alpha, maskPixels.data)
      person.context.putImageData(maskPixels, 0, 0)
      context.drawImage(person.canvas, 0, 0, canvas.width, canvas.height)
      context.globalCompositeOperation = 'source-in'
      context.drawImage(frame, 0, 0, canvas.width, canvas.height)
      context.globalCompositeOperation = 'destination-over'
      drawBackdrop(frame, backdrop)
      return canvas
    },
  }
}

function drawPicture(context: OffscreenCanvasRenderingContext2D, picture: ImageBitmap): void {
  const { left, top, width, height } = coverPicture(picture, context.canvas)
  context.drawImage(picture, left, top, width, height)
}

interface Surface {
  readonly canvas: OffscreenCanvas
  readonly context: OffscreenCanvasRenderingContext2D
}

function createSurface(width: number, height: number): Surface {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('This browser has no canvas to draw on.')
  context.imageSmoothingQuality = 'medium'
  return { canvas, context }
}
