import type { TileRect } from '../../core/layout/planGrid.ts'

/** A place in the picture. `key` names the stream of pictures that is drawn there; null: initials are. */
export interface DrawnTile {
  readonly key: string | null
  readonly name: string
  readonly initials: string
  readonly rect: TileRect
  /** A screen is shown whole, a face fills its place. */
  readonly fit: 'cover' | 'contain'
}

/** To the worker that draws. `start` comes first, and once. */
export type ToComposer =
  | {
      readonly kind: 'start'
      readonly width: number
      readonly height: number
      readonly framerate: number
      readonly writable: WritableStream<VideoFrame>
    }
  /** What is drawn from now on. SECURITY: pictures under other keys are let go at once. */
  | { readonly kind: 'show'; readonly tiles: readonly DrawnTile[] }
  /** Pictures for a place; takes the place of the stream before under that key. */
  | { readonly kind: 'feed'; readonly key: string; readonly readable: ReadableStream<VideoFrame> }
  | { readonly kind: 'pause'; readonly isPaused: boolean }
  /** Lets go of every picture, and ends the worker. */
  | { readonly kind: 'stop' }

/** From the worker: it cannot draw. */
export interface FromComposer {
  readonly kind: 'failed'
  readonly message: string
}
