import type { LayerName } from '../quality/simulcast.ts'

/** How much of our camera's picture anybody wants from the media server. */
export interface CameraDemandPort {
  /** The largest layer that is wanted, from now on. Null: nobody says, as before the server has. */
  set(layer: LayerName | 'none' | null): void
}
