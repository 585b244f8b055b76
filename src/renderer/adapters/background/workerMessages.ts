import type { BackgroundChoice, EffectRelief, PictureFailure } from '../../core/ports/effects.ts'
import type { Result } from '../../../shared/result.ts'

/** What stands behind a person, once something does. */
export type Background = Exclude<BackgroundChoice, 'none'>

/** Addresses of what the worker loads; all come with the app. */
export interface SegmenterAssets {
  readonly wasmLoader: string
  readonly wasmBinary: string
  readonly model: string
}

/** To the worker. `start` replaces what ran before. */
export type ToBackgroundWorker =
  | {
      readonly kind: 'start'
      readonly run: number
      readonly readable: ReadableStream<VideoFrame>
      readonly writable: WritableStream<VideoFrame>
      readonly assets: SegmenterAssets
    }
  | { readonly kind: 'stop' }
  | { readonly kind: 'choose'; readonly background: Background }
  | { readonly kind: 'relieve'; readonly relief: EffectRelief }

/** From the worker, about the run of that number. `started`: the first picture has gone out. `picture`: about what was chosen last. */
export type FromBackgroundWorker =
  | { readonly kind: 'started'; readonly run: number }
  | { readonly kind: 'failed'; readonly run: number; readonly message: string }
  | { readonly kind: 'picture'; readonly isThere: boolean }

/** From the worker that takes one picture: what is to be kept of it. */
export type TakenPicture = Result<Blob, PictureFailure>
