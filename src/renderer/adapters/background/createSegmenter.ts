import { ImageSegmenter } from '@mediapipe/tasks-vision'
import { nameModelInput } from './nameModelInput.ts'
import type { SegmenterAssets } from './workerMessages.ts'

/** The side of the square that the model looks at, in pixels. */
export const SEGMENTER_SIDE_PX = 256

/** Tells person from room. */
export interface Segmenter {
  /**
   * How sure it is of a person at each pixel of the square, 0 to 1, row by row; the array is the caller's. `picture` is a square
   * of `SEGMENTER_SIDE_PX`.
   */
  segment(picture: OffscreenCanvas): Float32Array
  close(): void
}

/** Loads the model, which takes about a second. `now` in milliseconds. Rejects when it cannot run here. */
export async function createSegmenter(assets: SegmenterAssets, now: () => number): Promise<Segmenter> {
  const response = await fetch(assets.model)
  const model = nameModelInput(new Uint8Array(await response.arrayBuffer()))
  const segmenter = await ImageSegmenter.createFromOptions(
    { wasmLoaderPath: assets.wasmLoader, wasmBinaryPath: assets.wasmBinary },
    {
      baseOptions: { modelAssetBuffer: model, delegate: 'CPU' },
      runningMode: 'VIDEO',
      outputConfidenceMasks: true,
      outputCategoryMask: false,
    },
  )
  let lastMs = 0
  return {
    segment(picture) {
      // It wants every time to be later than the one before.
      lastMs = Math.max(lastMs + 1, Math.round(now()))
      let mask = new Float32Array(SEGMENTER_SIDE_PX * SEGMENTER_SIDE_PX)
      segmenter.segmentForVideo(picture, lastMs, ({ confidenceMasks }) => {
        // What it hands out is gone after the call.
        const [first] = confidenceMasks ?? []
        if (first !== undefined) mask = Float32Array.from(first.getAsFloat32Array())
      })
      return mask
    },
    close: () => segmenter.close(),
  }
}
